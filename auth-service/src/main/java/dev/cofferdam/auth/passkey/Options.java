// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.util.List;

/**
 * What a page hands to {@code navigator.credentials}, in the JSON forms of section 5.1. The {@code
 * id} beside them names the challenge.
 */
final class Options {
  /** Signatures that are taken, the best first; the last one is all that some TPMs can do. */
  static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  /** Section 5.8.4. */
  static final List<String> TRANSPORTS =
      List.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

  static final String REQUIRED = "required";
  static final String KIND = "public-key";

  private Options() {}

  public record Party(String id, String name) {}

  /** {@code id} is the account's, in base64url. */
  public record User(String id, String name, String displayName) {}

  public record Algorithm(String type, long alg) {}

  public record Known(String type, String id, List<String> transports) {}

  public record Selection(String residentKey, boolean requireResidentKey, String userVerification) {
    static final Selection OURS = new Selection(REQUIRED, true, REQUIRED);
  }

  /** PublicKeyCredentialCreationOptionsJSON. */
  public record Creation(
      String id,
      Party rp,
      User user,
      String challenge,
      List<Algorithm> pubKeyCredParams,
      long timeout,
      List<Known> excludeCredentials,
      Selection authenticatorSelection,
      String attestation) {}

  /**
   * PublicKeyCredentialRequestOptionsJSON. The list is empty: the authenticator knows who it is.
   */
  public record Request(
      String id,
      String challenge,
      long timeout,
      String rpId,
      List<Known> allowCredentials,
      String userVerification) {}

  static Request request(Challenges.Issued issued, RelyingParty party) {
    return new Request(
        issued.id().toString(),
        issued.challenge(),
        Challenges.LIFE.toMillis(),
        party.id(),
        List.of(),
        REQUIRED);
  }

  static Creation creation(
      Challenges.Issued issued, RelyingParty party, User user, List<Passkey> existing) {
    return new Creation(
        issued.id().toString(),
        new Party(party.id(), RelyingParty.NAME),
        user,
        issued.challenge(),
        ALGORITHMS.stream().map(a -> new Algorithm(KIND, a.getValue())).toList(),
        Challenges.LIFE.toMillis(),
        existing.stream().map(Options::known).toList(),
        Selection.OURS,
        "none");
  }

  private static Known known(Passkey passkey) {
    return new Known(KIND, passkey.credentialId, passkey.transports());
  }
}
