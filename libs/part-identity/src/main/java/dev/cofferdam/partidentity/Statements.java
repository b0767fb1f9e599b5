// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * What a part says under its name: a JSON Web Signature in compact form with its content left out
 * (RFC 7515, appendix F), ES256, with the part's certificate in {@code x5c} and the time of signing
 * in {@code iat}. It stays good after the certificate's end: what counts is that the certificate
 * was good when it was signed.
 */
final class Statements {
  private static final String TYPE = "cofferdam-statement";
  private static final String SIGNED_AT = "iat";
  private static final int MOST_KNOWN = 32;

  /** A certificate of a kilobyte, a header and 64 bytes of signature are less. */
  private static final int LONGEST = 8192;

  private static final AlgorithmConstraints ONLY_ES256 =
      new AlgorithmConstraints(
          ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

  private final X509Certificate authority;

  /** Certificates of our authority that were seen. */
  private final Map<X509Certificate, PartName> known = new ConcurrentHashMap<>();

  Statements(X509Certificate authority) {
    this.authority = authority;
  }

  /**
   * @throws IdentityException if the certificate is not good now: nobody would believe it
   */
  static String sign(Credential credential, String content, Instant now) {
    try {
      credential.certificate().checkValidity(Date.from(now));
    } catch (CertificateException e) {
      throw new IdentityException("the certificate is not good now: nothing is signed", e);
    }
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    jws.setHeader("typ", TYPE);
    jws.getHeaders().setObjectHeaderValue(SIGNED_AT, now.getEpochSecond());
    jws.setCertificateChainHeaderValue(credential.certificate());
    jws.setKey(credential.key());
    jws.setPayload(content);
    try {
      return jws.getDetachedContentCompactSerialization();
    } catch (JoseException e) {
      throw new IdentityException("it could not be signed", e);
    }
  }

  /**
   * Who says it.
   *
   * @throws StatementRefused if nobody of us does
   */
  PartName read(String content, String signature) {
    if (signature.length() > LONGEST) {
      throw new StatementRefused("is longer than " + LONGEST);
    }
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setAlgorithmConstraints(ONLY_ES256);
      jws.setCompactSerialization(signature);
      if (!TYPE.equals(jws.getHeader("typ"))
          || !(jws.getHeaders().getObjectHeaderValue(SIGNED_AT) instanceof Long at)) {
        throw new StatementRefused("is not of our kind");
      }
      List<X509Certificate> chain = jws.getCertificateChainHeaderValue();
      if (chain == null || chain.size() != 1) {
        throw new StatementRefused("has not one certificate");
      }
      Instant signedAt = Instant.ofEpochSecond(at);
      PartName part = partOf(chain.getFirst(), signedAt);
      jws.setKey(chain.getFirst().getPublicKey());
      jws.setPayload(content);
      if (!jws.verifySignature()) {
        throw new StatementRefused("does not fit what is said");
      }
      return part;
    } catch (StatementRefused e) {
      throw e;
    } catch (JoseException | RuntimeException e) {
      // The library takes a header of another JSON type for a fault of the program.
      throw new StatementRefused("can't be read", e);
    }
  }

  private PartName partOf(X509Certificate certificate, Instant at) {
    try {
      certificate.checkValidity(Date.from(at));
      PartName seen = known.get(certificate);
      if (seen != null) {
        return seen;
      }
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StatementRefused(
          "shows a certificate that is not of our authority or was not good", e);
    }
    PartName part =
        PartName.in(certificate)
            .orElseThrow(() -> new StatementRefused("shows a certificate that names none of us"));
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(certificate, part);
    return part;
  }
}
