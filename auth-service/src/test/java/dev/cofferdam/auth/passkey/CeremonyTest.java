// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import dev.cofferdam.problems.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyTest {
  private static final byte[] HANDLE = "0123456789abcdef".getBytes();

  private final ObjectConverter converter = new ObjectConverter();
  private final Ceremony ceremony =
      new Ceremony(new RelyingParty(URI.create("http://localhost:8484")), converter);
  private final CoseKeys keys = new CoseKeys(converter);
  private final SoftAuthenticator authenticator = new SoftAuthenticator();
  private final byte[] challenge = SoftAuthenticator.random(32);

  @Test
  void takesAKeyAndItsSignature() {
    Passkey passkey = registered();
    authenticator.count = 6;
    assertThat(good(assertion(passkey)).getAuthenticatorData().getSignCount()).isEqualTo(6);
  }

  @Test
  void takesAnAuthenticatorThatDoesNotCount() {
    authenticator.count = 0;
    Passkey passkey = registered();
    good(assertion(passkey));
    good(assertion(passkey));
  }

  @Test
  void refusesACountThatWentBackOrStood() {
    authenticator.count = 5;
    Passkey passkey = registered();
    authenticator.count = 5;
    assertThat(bad(assertion(passkey))).isEqualTo("sign-count-back");
    authenticator.count = 4;
    assertThat(bad(assertion(passkey))).isEqualTo("sign-count-back");
    authenticator.count = 0;
    assertThat(bad(assertion(passkey))).isEqualTo("sign-count-back");
  }

  @Test
  void refusesAnotherChallenge() {
    byte[] other = SoftAuthenticator.random(32);
    String made = authenticator.register(SoftAuthenticator.base64(other));
    assertThat(bad(ceremony.registration(made, challenge))).isEqualTo("not-valid");
    Passkey passkey = registered();
    String signed = authenticator.sign(SoftAuthenticator.base64(other));
    assertThat(bad(assertion(passkey, signed))).isEqualTo("not-valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8485",
        "https://localhost:8484",
        "http://evil.localhost:8484",
        "http://localhost",
        "https://cofferdam.example"
      })
  void refusesAnotherOrigin(String origin) {
    Passkey passkey = registered();
    authenticator.origin = origin;
    assertThat(bad(registration())).isEqualTo("origin");
    assertThat(bad(assertion(passkey))).isEqualTo("origin");
  }

  @Test
  void refusesAnotherParty() {
    Passkey passkey = registered();
    authenticator.party = "evil.example";
    assertThat(bad(registration())).isEqualTo("other-party");
    assertThat(bad(assertion(passkey))).isEqualTo("other-party");
  }

  @Test
  void refusesAFrameInAnotherSite() {
    Passkey passkey = registered();
    authenticator.crossOrigin = true;
    assertThat(bad(registration())).isEqualTo("origin");
    assertThat(bad(assertion(passkey))).isEqualTo("origin");
  }

  @Test
  void refusesWhoWasNotVerified() {
    Passkey passkey = registered();
    authenticator.verified = false;
    assertThat(bad(registration())).isEqualTo("not-verified");
    assertThat(bad(assertion(passkey))).isEqualTo("not-verified");
  }

  @Test
  void refusesTheSignatureOfAnotherKey() {
    Passkey passkey = registered();
    SoftAuthenticator other = new SoftAuthenticator();
    other.id = authenticator.id;
    other.handle = HANDLE;
    other.count = 9;
    String signed = other.sign(SoftAuthenticator.base64(challenge));
    assertThat(bad(assertion(passkey, signed))).isEqualTo("signature");
  }

  @Test
  void refusesAnAnswerToRegisteringAsASignIn() {
    Passkey passkey = registered();
    authenticator.typeOfAssertion = "webauthn.create";
    assertThat(bad(assertion(passkey))).isEqualTo("not-valid");
  }

  @Test
  void refusesTheHandleOfAnotherAccount() {
    Passkey passkey = registered();
    authenticator.handle = "another account.".getBytes();
    authenticator.count = 9;
    assertThat(bad(assertion(passkey))).isEqualTo("other-account");
    authenticator.handle = new byte[0];
    assertThat(bad(assertion(passkey))).isEqualTo("other-account");
  }

  @Test
  void refusesAnUnknownCredentialByItsSignature() {
    String signed = authenticator.sign(SoftAuthenticator.base64(challenge));
    AuthenticationData answer = ceremony.parseAssertion(signed);
    CredentialRecord unknown = keys.unknown(authenticator.id, true);
    assertThat(bad(ceremony.assertion(answer, challenge, unknown, HANDLE))).isEqualTo("signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "7",
        "\"x\"",
        "{\"id\":\"!\",\"rawId\":\"!\",\"response\":{},\"type\":\"public-key\"}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"response\":null,\"type\":\"public-key\"}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"response\":{\"clientDataJSON\":\"AA\"},\"type\":\"x\"}"
      })
  void refusesWhatIsNoCredentialAsABadField(String credential) {
    assertThatThrownBy(() -> ceremony.parseAssertion(credential))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> ceremony.registration(credential, challenge))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void takesNoAnswerOfWhichAByteWasChanged() {
    Passkey passkey = registered();
    authenticator.count = 9;
    authenticator.handle = HANDLE;
    String signed = authenticator.sign(SoftAuthenticator.base64(challenge));
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < 600; i++) {
      StringBuilder mutated = new StringBuilder(signed);
      mutated.setCharAt(random.nextInt(signed.length()), (char) (33 + random.nextInt(94)));
      taken += isTaken(passkey, mutated.toString(), signed) ? 1 : 0;
    }
    assertThat(taken).isZero();
  }

  /** Whether something was taken that says anything else than the original. */
  private boolean isTaken(Passkey passkey, String mutated, String original) {
    try {
      AuthenticationData answer = ceremony.parseAssertion(mutated);
      return assertion(passkey, mutated) instanceof Ceremony.Verdict.Good
          && !said(answer).equals(said(ceremony.parseAssertion(original)));
    } catch (ProblemException e) {
      return false;
    }
  }

  /** What counts of an answer: labels and extensions beside it are signed by nobody. */
  private static List<String> said(AuthenticationData answer) {
    return Stream.of(
            answer.getCredentialId(),
            answer.getUserHandle(),
            answer.getAuthenticatorDataBytes(),
            answer.getCollectedClientDataBytes())
        .map(SoftAuthenticator::base64)
        .toList();
  }

  @Test
  void isForNamesOnly() {
    for (String fit : List.of("http://localhost:1", "https://coffer.example", "https://a.b.c:9")) {
      assertThat(new RelyingParty(URI.create(fit)).isFitForPasskeys()).as(fit).isTrue();
    }
    for (String unfit :
        List.of(
            "https://10.0.0.1", "http://127.0.0.1:1", "http://coffer.example", "https://[::1]:1")) {
      assertThat(new RelyingParty(URI.create(unfit)).isFitForPasskeys()).as(unfit).isFalse();
    }
  }

  private Ceremony.Verdict<RegistrationData> registration() {
    String made = authenticator.register(SoftAuthenticator.base64(challenge));
    return ceremony.registration(made, challenge);
  }

  private Passkey registered() {
    RegistrationData data = good(registration());
    AttestedCredentialData made =
        data.getAttestationObject().getAuthenticatorData().getAttestedCredentialData();
    Passkey passkey = new Passkey();
    passkey.id = UUID.randomUUID();
    passkey.credentialId = SoftAuthenticator.base64(made.getCredentialId());
    passkey.publicKey = keys.write(made.getCOSEKey());
    passkey.signCount = data.getAttestationObject().getAuthenticatorData().getSignCount();
    passkey.aaguid = made.getAaguid().getValue();
    passkey.backupEligible = true;
    passkey.createdAt = Instant.EPOCH;
    authenticator.handle = HANDLE;
    return passkey;
  }

  private Ceremony.Verdict<AuthenticationData> assertion(Passkey passkey) {
    return assertion(passkey, authenticator.sign(SoftAuthenticator.base64(challenge)));
  }

  private Ceremony.Verdict<AuthenticationData> assertion(Passkey passkey, String signed) {
    AuthenticationData answer = ceremony.parseAssertion(signed);
    return ceremony.assertion(answer, challenge, keys.record(passkey), HANDLE);
  }

  private static <T> T good(Ceremony.Verdict<T> verdict) {
    assertThat(verdict).isInstanceOf(Ceremony.Verdict.Good.class);
    return ((Ceremony.Verdict.Good<T>) verdict).what();
  }

  private static <T> String bad(Ceremony.Verdict<T> verdict) {
    assertThat(verdict).isInstanceOf(Ceremony.Verdict.Bad.class);
    return ((Ceremony.Verdict.Bad<T>) verdict).why();
  }
}
