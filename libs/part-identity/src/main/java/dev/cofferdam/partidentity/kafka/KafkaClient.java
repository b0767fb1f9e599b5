// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.partidentity.PartIdentity;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * How a part gets to Kafka: there is no way without a certificate.
 *
 * @param bootstrap host and port
 * @param identity asked when a client is made
 */
public record KafkaClient(String bootstrap, Supplier<PartIdentity> identity) {

  /** As the service that this process is. */
  public static KafkaClient own(String bootstrap) {
    return new KafkaClient(bootstrap, OwnIdentity::get);
  }

  /** The settings for the connection, to which others may be added. */
  public Properties settings() {
    Properties settings = new Properties();
    settings.putAll(ClientEngines.settings(bootstrap, identity.get()));
    return settings;
  }
}
