// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the newest credential in each new handshake. An alias names one credential, and the one
 * before stays known: a handshake asks for key and certificate one after the other.
 */
final class LiveKeys extends X509ExtendedKeyManager {
  private static final String KEY_TYPE = "EC";

  private record Held(String alias, Credential credential) {}

  private record Pair(Held newest, @Nullable Held before) {
    @Nullable Credential find(String alias) {
      if (newest.alias().equals(alias)) {
        return newest.credential();
      }
      return before != null && before.alias().equals(alias) ? before.credential() : null;
    }
  }

  private volatile Pair held;

  LiveKeys(Credential first) {
    held = new Pair(named(first), null);
  }

  void replace(Credential next) {
    held = new Pair(named(next), held.newest());
  }

  Credential newest() {
    return held.newest().credential();
  }

  private static Held named(Credential credential) {
    return new Held(credential.certificate().getSerialNumber().toString(16), credential);
  }

  private @Nullable String choose(String @Nullable [] keyTypes) {
    boolean fits = keyTypes != null && Arrays.asList(keyTypes).contains(KEY_TYPE);
    return fits ? held.newest().alias() : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(new String[] {keyType});
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return choose(new String[] {keyType});
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Credential credential = held.find(alias);
    return credential == null ? null : new X509Certificate[] {credential.certificate()};
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Credential credential = held.find(alias);
    return credential == null ? null : credential.key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[] {held.newest().alias()};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return getClientAliases(keyType, issuers);
  }
}
