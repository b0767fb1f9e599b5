// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the newest certificate in each new handshake. An alias names one certificate, and the one
 * before stays known: a handshake asks for key and chain one after the other. Connections that are
 * open have nothing to do with it any more.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  /**
   * @param number of the newest; serial numbers may repeat, since anybody makes certificates
   */
  private record Pair(long number, ServerCertificate newest, @Nullable ServerCertificate before) {
    String alias() {
      return Long.toString(number);
    }

    @Nullable ServerCertificate find(String alias) {
      if (alias().equals(alias)) {
        return newest;
      }
      return Long.toString(number - 1).equals(alias) ? before : null;
    }
  }

  private volatile Pair held;

  ServerKeys(ServerCertificate first) {
    held = new Pair(1, first, null);
  }

  synchronized void replace(ServerCertificate next) {
    held = new Pair(held.number() + 1, next, held.newest());
  }

  private @Nullable String choose(String keyType) {
    Pair pair = held;
    return pair.newest().algorithm().equals(keyType) ? pair.alias() : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return choose(keyType);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServerCertificate found = held.find(alias);
    return found == null ? null : found.chain();
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ServerCertificate found = held.find(alias);
    return found == null ? null : found.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  /** It never is a client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
