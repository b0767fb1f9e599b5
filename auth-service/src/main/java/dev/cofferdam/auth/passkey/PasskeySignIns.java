// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Signing in with a passkey. A name is not asked for: the authenticator knows whose it is. */
@ApplicationScoped
class PasskeySignIns {
  private static final String REFUSED = "passkey-refused";

  private final Challenges challenges;
  private final Ceremony ceremony;
  private final Passkeys passkeys;
  private final CoseKeys keys;
  private final SignIns signIns;

  PasskeySignIns(
      Challenges challenges, Ceremony ceremony, Passkeys passkeys, CoseKeys keys, SignIns signIns) {
    this.challenges = challenges;
    this.ceremony = ceremony;
    this.passkeys = passkeys;
    this.keys = keys;
    this.signIns = signIns;
  }

  /** Who asks, as the gateway saw it. */
  record Visit(String userAgent, String address) {}

  /**
   * @throws ProblemException 410 for a challenge that is not known (any more), 403 for everything
   *     that is wrong with the answer, alike
   */
  SignIns.Outcome.SignedIn signIn(UUID challengeId, String credential, Visit visit) {
    byte[] challenge =
        challenges.take(challengeId, Optional.empty()).orElseThrow(() -> refused(visit));
    AuthenticationData answer = ceremony.parseAssertion(credential);
    Optional<Passkey> known = passkeys.find(Passkeys.base64(answer.getCredentialId()));
    return switch (verdict(answer, challenge, known)) {
      case Ceremony.Verdict.Bad<AuthenticationData> bad -> throw refused(known, bad.why(), visit);
      case Ceremony.Verdict.Good<AuthenticationData> good -> {
        Passkey passkey = known.orElseThrow(() -> refused(known, "unknown", visit));
        yield open(passkey, good.what().getAuthenticatorData(), visit)
            .orElseThrow(() -> refused(known, "sign-count-back", visit));
      }
    };
  }

  private Ceremony.Verdict<AuthenticationData> verdict(
      AuthenticationData answer, byte[] challenge, Optional<Passkey> known) {
    boolean eligible = answer.getAuthenticatorData().isFlagBE();
    CredentialRecord record =
        known.map(keys::record).orElseGet(() -> keys.unknown(answer.getCredentialId(), eligible));
    byte[] handle = known.map(passkey -> handle(passkey.accountId)).orElse(new byte[0]);
    return ceremony.assertion(answer, challenge, record, handle);
  }

  private Optional<SignIns.Outcome.SignedIn> open(
      Passkey passkey,
      AuthenticatorData<AuthenticationExtensionAuthenticatorOutput> said,
      Visit visit) {
    Proof proof =
        Proof.of(Method.PASSKEY, passkey.credential(), visit.userAgent(), visit.address());
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                passkeys.use(passkey, said.getSignCount(), said.isFlagBS())
                    ? Optional.of(signIns.open(Account.findById(passkey.accountId), proof))
                    : Optional.empty());
  }

  private ProblemException refused(Optional<Passkey> known, String why, Visit visit) {
    signIns.refused(
        Refusal.of(REFUSED, why)
            .about(known.map(passkey -> passkey.accountId.toString()).orElse(""))
            .with(known.map(Passkey::credential).orElse(""))
            .from(visit.address(), visit.userAgent()));
    return new ProblemException(
        Problem.of(
            "passkey-refused",
            403,
            "This passkey was not accepted",
            "It is not registered here or was removed. Ask an owner or admin, or use another way"
                + " to sign in."));
  }

  private ProblemException refused(Visit visit) {
    signIns.refused(Refusal.of(REFUSED, "challenge-gone").from(visit.address(), visit.userAgent()));
    return new ProblemException(challengeGone());
  }

  static Problem challengeGone() {
    return Problem.of(
        "challenge-gone",
        410,
        "That took too long",
        "Start again: it has to be done in 2 minutes.");
  }

  /** What authenticators keep as the account's name: its id, section 5.4.3. */
  static byte[] handle(UUID account) {
    return ByteBuffer.allocate(Long.BYTES * 2)
        .putLong(account.getMostSignificantBits())
        .putLong(account.getLeastSignificantBits())
        .array();
  }
}
