// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A key and the chain for it, the server's own certificate first. Never printed. */
final class ServerCertificate {
  /** The chain, as PEM. */
  static final String CHAIN = "coffer.public.tls.chain";

  /** The key, PKCS #8 in base64. */
  static final String KEY = "coffer.public.tls.key";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private ServerCertificate(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * What the supervisor has looked at before.
   *
   * @throws IllegalArgumentException if it is none all the same; says nothing of the key
   */
  static ServerCertificate handed(Map<String, String> values) {
    try {
      X509Certificate[] chain = chain(values.getOrDefault(CHAIN, ""));
      byte[] key = Base64.getDecoder().decode(values.getOrDefault(KEY, ""));
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(key);
      Arrays.fill(key, (byte) 0);
      return new ServerCertificate(
          chain, KeyFactory.getInstance(algorithm(chain)).generatePrivate(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without its cause: the message may quote the key.
      throw new IllegalArgumentException("what was handed over is no certificate with its key");
    }
  }

  private static X509Certificate[] chain(String pem) throws GeneralSecurityException {
    X509Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
            .toArray(X509Certificate[]::new);
    if (chain.length == 0) {
      throw new IllegalArgumentException("no certificate");
    }
    return chain;
  }

  private static String algorithm(X509Certificate[] chain) {
    return chain[0].getPublicKey().getAlgorithm();
  }

  /** {@code RSA} or {@code EC}. */
  String algorithm() {
    return algorithm(chain);
  }

  X509Certificate[] chain() {
    return chain.clone();
  }

  PrivateKey key() {
    return key;
  }

  String serial() {
    return chain[0].getSerialNumber().toString(16);
  }

  @Override
  public String toString() {
    return "certificate " + serial() + " until " + chain[0].getNotAfter().toInstant();
  }
}
