// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Verifies what authenticators answer; knows no database and no time. User verification is always
 * required. Which make an authenticator is, is not asked (attestation "none"): the AAGUID is its
 * own word and is only shown.
 */
final class Ceremony {
  /** NIST SP 800-131A: 112 bits of strength; TPMs that sign for Windows Hello have no more. */
  private static final int SMALLEST_RSA_BITS = 2048;

  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      Options.ALGORITHMS.stream()
          .map(a -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, a))
          .toList();

  private final RelyingParty party;
  private final WebAuthnManager webAuthn;

  Ceremony(RelyingParty party, ObjectConverter converter) {
    this.party = party;
    webAuthn =
        new WebAuthnManager(
            List.of(
                new NoneAttestationStatementVerifier(), new PackedAttestationStatementVerifier()),
            new NullCertPathTrustworthinessVerifier(),
            new DefaultSelfAttestationTrustworthinessVerifier(),
            converter);
  }

  /** What became of an answer. {@code why} is a stable word for the record, not for the client. */
  sealed interface Verdict<T> {
    record Good<T>(T what) implements Verdict<T> {}

    record Bad<T>(String why) implements Verdict<T> {}
  }

  /** Section 7.1. */
  Verdict<RegistrationData> registration(String credential, byte[] challenge) {
    RegistrationData answer = parse(credential, webAuthn::parseRegistrationResponseJSON);
    RegistrationParameters expected =
        new RegistrationParameters(party.expecting(challenge), ALGORITHMS, true, true);
    try {
      webAuthn.verify(answer, expected);
    } catch (VerificationException e) {
      return new Verdict.Bad<>(word(e));
    }
    if (Boolean.TRUE.equals(answer.getCollectedClientData().getCrossOrigin())) {
      return new Verdict.Bad<>("origin");
    }
    AttestedCredentialData made =
        answer.getAttestationObject().getAuthenticatorData().getAttestedCredentialData();
    if (made == null || !isStrong(made.getCOSEKey().getPublicKey())) {
      return new Verdict.Bad<>("weak-key");
    }
    return new Verdict.Good<>(answer);
  }

  /** Which credential it says it is of, before anything of it was verified. */
  AuthenticationData parseAssertion(String credential) {
    AuthenticationData answer = parse(credential, webAuthn::parseAuthenticationResponseJSON);
    if (answer.getCredentialId() == null || answer.getCredentialId().length == 0) {
      throw unreadable();
    }
    return answer;
  }

  /** Section 7.2; {@code handle} is the account's that the credential was made for. */
  Verdict<AuthenticationData> assertion(
      AuthenticationData answer, byte[] challenge, CredentialRecord record, byte[] handle) {
    List<byte[]> only = List.of(record.getAttestedCredentialData().getCredentialId());
    AuthenticationParameters expected =
        new AuthenticationParameters(party.expecting(challenge), record, only, true, true);
    try {
      webAuthn.verify(answer, expected);
    } catch (VerificationException e) {
      return new Verdict.Bad<>(word(e));
    }
    return Arrays.equals(answer.getUserHandle(), handle)
        ? new Verdict.Good<>(answer)
        : new Verdict.Bad<>("other-account");
  }

  private static <T> T parse(String credential, Function<String, T> parser) {
    try {
      return parser.apply(credential);
    } catch (RuntimeException e) {
      // Not only DataConversionException: some bodies end in an IllegalArgumentException.
      throw unreadable();
    }
  }

  private static ProblemException unreadable() {
    return new ProblemException(
        Problem.badField("credential", "what PublicKeyCredential.toJSON() gives"));
  }

  private static boolean isStrong(PublicKey key) {
    return !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= SMALLEST_RSA_BITS;
  }

  private static String word(VerificationException e) {
    return switch (e) {
      case MaliciousCounterValueException back -> "sign-count-back";
      case BadSignatureException signature -> "signature";
      case BadOriginException origin -> "origin";
      case CrossOriginException origin -> "origin";
      case BadRpIdException party -> "other-party";
      case UserNotVerifiedException user -> "not-verified";
      default -> "not-valid";
    };
  }
}
