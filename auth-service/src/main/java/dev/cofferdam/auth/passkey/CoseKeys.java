// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Set;

/** Public keys as they are stored, and as the library wants to see them again. */
final class CoseKeys {
  private final ObjectConverter converter;

  /**
   * Of nobody: an answer of a credential that is not known is verified with it, so that it costs
   * and says what a wrong signature does.
   */
  private final COSEKey decoy = freshKey();

  CoseKeys(ObjectConverter converter) {
    this.converter = converter;
  }

  byte[] write(COSEKey key) {
    return converter.getCborConverter().writeValueAsBytes(key);
  }

  CredentialRecord record(Passkey passkey) {
    COSEKey key = converter.getCborConverter().readValue(passkey.publicKey, COSEKey.class);
    byte[] id = Base64.getUrlDecoder().decode(passkey.credentialId);
    return record(
        new AttestedCredentialData(new AAGUID(passkey.aaguid), id, key),
        passkey.signCount,
        passkey.backupEligible,
        passkey.backedUp);
  }

  /** {@code eligible} as the answer claims, so that it does not fail before its signature. */
  CredentialRecord unknown(byte[] credentialId, boolean eligible) {
    return record(new AttestedCredentialData(AAGUID.ZERO, credentialId, decoy), 0, eligible, false);
  }

  private static CredentialRecord record(
      AttestedCredentialData credential, long signCount, boolean eligible, boolean backedUp) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        eligible,
        backedUp,
        signCount,
        credential,
        null,
        null,
        null,
        Set.of());
  }

  private static COSEKey freshKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return EC2COSEKey.create((ECPublicKey) generator.generateKeyPair().getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }
}
