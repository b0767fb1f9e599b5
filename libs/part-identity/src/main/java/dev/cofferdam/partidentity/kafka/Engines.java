// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives Kafka an engine for each connection. Whatever its settings say about client authentication
 * or names: both ends show a certificate, and a server is Kafka.
 */
abstract class Engines implements SslEngineFactory {
  abstract PartIdentity identity();

  abstract Set<PartName> admitted();

  @Override
  public SSLEngine createClientSslEngine(
      String peerHost, int peerPort, @Nullable String endpointIdentification) {
    return identity().engineTo(PartName.KAFKA);
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    return identity().engineFor(admitted());
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
