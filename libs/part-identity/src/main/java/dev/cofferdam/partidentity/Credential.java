// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A key and the certificate for it, as a part holds them for some hours. Never printed. */
public final class Credential {
  private static final String KEY = "coffer.identity.key";
  private static final String CERTIFICATE = "coffer.identity.certificate";

  private final PrivateKey key;
  private final X509Certificate certificate;

  private Credential(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * Has a fresh key certified.
   *
   * @throws IdentityException if what comes back is not from this authority, for another part, for
   *     another key, or not good now
   */
  static Credential issue(PartName part, X509Certificate authority, Signer signer, Duration life) {
    SigningRequest request = SigningRequest.fresh();
    X509Certificate certificate = Pem.certificate(signer.sign(part, request.pem(), life));
    require(part, authority, certificate);
    if (!certificate.getPublicKey().equals(request.key().getPublic())) {
      throw new IdentityException("the certificate is for another key");
    }
    return new Credential(request.key().getPrivate(), certificate);
  }

  private static void require(
      PartName part, X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      certificate.checkValidity();
    } catch (GeneralSecurityException e) {
      throw new IdentityException("the certificate is not of our authority or not good now", e);
    }
    if (PartName.in(certificate).filter(part::equals).isEmpty()) {
      throw new IdentityException("the certificate names somebody else than " + part.word());
    }
  }

  /** For a part that can't ask Vault itself, over its standard input. */
  public Map<String, String> handover() {
    String secret = Base64.getEncoder().encodeToString(key.getEncoded());
    return Map.of(KEY, secret, CERTIFICATE, certificatePem());
  }

  /** For a server that reads nothing but files: into one in memory and nowhere else. */
  public String keyPem() {
    return Pem.of("PRIVATE KEY", key.getEncoded());
  }

  /** What {@link #handover} gave. */
  static Credential received(PartName part, X509Certificate authority, Map<String, String> handed) {
    X509Certificate certificate = Pem.certificate(handed.getOrDefault(CERTIFICATE, ""));
    require(part, authority, certificate);
    try {
      byte[] key = Base64.getDecoder().decode(handed.getOrDefault(KEY, ""));
      return new Credential(
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)), certificate);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without its cause: its message may quote the key.
      throw new IdentityException("no key was handed over");
    }
  }

  PrivateKey key() {
    return key;
  }

  X509Certificate certificate() {
    return certificate;
  }

  public String certificatePem() {
    try {
      return Pem.of("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was read from its encoding", e);
    }
  }

  /** Half of its time is over, or it has not begun: the clock was set back. */
  boolean isDue(Instant now) {
    Instant from = notBefore();
    Duration life = Duration.between(from, notAfter());
    return isEarly(now) || now.isAfter(from.plus(life.dividedBy(2)));
  }

  /** Nobody whose clock says so takes it yet. */
  boolean isEarly(Instant now) {
    return now.isBefore(notBefore());
  }

  private Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  @Override
  public String toString() {
    return "Credential[" + certificate.getSubjectX500Principal() + " until " + notAfter() + "]";
  }
}
