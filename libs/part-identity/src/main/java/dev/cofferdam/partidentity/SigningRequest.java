// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/**
 * A fresh key on P-256 and the request to certify it (PKCS #10, RFC 2986). The subject stays empty:
 * the authority takes the name from who asks.
 *
 * <pre>
 * CertificationRequest     ::= SEQUENCE { info, algorithm, signature BIT STRING }
 * CertificationRequestInfo ::= SEQUENCE { version INTEGER (0), subject Name, SubjectPublicKeyInfo,
 *                                         attributes [0] }
 * </pre>
 */
final class SigningRequest {
  /** 1.2.840.10045.4.3.2, RFC 5758 section 3.2. */
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));

  private final KeyPair key;

  private SigningRequest(KeyPair key) {
    this.key = key;
  }

  static SigningRequest fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SigningRequest(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  KeyPair key() {
    return key;
  }

  String pem() {
    byte[] info =
        Der.sequence(
            Der.zero(),
            Der.sequence(Der.NONE),
            key.getPublic().getEncoded(),
            Der.emptyAttributes());
    return Pem.of(
        "CERTIFICATE REQUEST", Der.sequence(info, ECDSA_WITH_SHA256, Der.bits(signed(info))));
  }

  private byte[] signed(byte[] info) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(info);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with P-256", e);
    }
  }
}
