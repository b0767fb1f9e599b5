// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.SignIns.Outcome.SignedIn;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.ssh.SshSignatures;
import dev.cofferdam.ssh.SshSignatures.Verdict;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Signing in with an SSH key.
 *
 * <p>Whoever is refused learns nothing from it: the signature is checked with the key that it
 * brings before anything is looked up, and then the same is looked up for everybody.
 */
@ApplicationScoped
class SshSignIns {
  private static final String REFUSED = "ssh-key-refused";

  private final Challenges challenges;
  private final Failures failures;
  private final Signers signers;
  private final SignIns signIns;
  private final InstantSource clock;

  SshSignIns(
      Challenges challenges,
      Failures failures,
      Signers signers,
      SignIns signIns,
      InstantSource clock) {
    this.clock = clock;
    this.challenges = challenges;
    this.failures = failures;
    this.signers = signers;
    this.signIns = signIns;
  }

  /** Where an answer comes from. */
  record From(String userAgent, String address) {}

  /**
   * @throws ProblemException 429 for who failed at that account again and again, or has begun too
   *     many sign-ins
   */
  Challenge challenge(URI origin, String name, String fingerprint, String address) {
    Challenge challenge = Challenge.fresh(origin, name, fingerprint, clock.instant());
    add(challenge, address);
    return challenge;
  }

  private void add(Challenge challenge, String address) {
    Asker asker = Asker.at(address);
    try {
      failures.requireTry(challenge.asked(), asker);
      challenges.add(challenge, asker);
    } catch (ProblemException e) {
      if (e.problem().status() == 429) {
        signIns.refused(Refusal.of("sign-in-refused", "too-many-tries").from(address, ""));
      }
      throw e;
    }
  }

  /**
   * @throws ProblemException 410 for a challenge that is spent, expired or unknown, 401 for
   *     whatever else is wrong
   */
  SignedIn signIn(UUID challengeId, String signature, From from) {
    return signIn(challengeId, signature, from, signedIn -> signedIn);
  }

  /**
   * The same.
   *
   * @param then what else is done in the transaction that opens the sign-in: should it throw,
   *     nothing was opened
   */
  <T> T signIn(UUID challengeId, String signature, From from, Function<SignedIn, T> then) {
    Challenge challenge =
        challenges
            .take(challengeId)
            .orElseThrow(() -> refuse(Refusal.of(REFUSED, "challenge-spent"), from, gone()));
    Verdict verdict =
        new SshSignatures(challenge.namespace())
            .check(signature, challenge.text().getBytes(US_ASCII));
    return QuarkusTransaction.requiringNew()
        .call(() -> admitted(challenge, verdict, from).map(then))
        .orElseThrow(() -> fail(challenge, verdict, from));
  }

  private Optional<SignedIn> admitted(Challenge challenge, Verdict verdict, From from) {
    return signers.find(challenge, verdict).map(signer -> open(challenge, signer, from));
  }

  private SignedIn open(Challenge challenge, Signers.Signer signer, From from) {
    failures.succeeded(challenge.asked(), Asker.at(from.address()));
    return signIns.open(signer.account(), proof(signer, from));
  }

  private static Proof proof(Signers.Signer signer, From from) {
    return new Proof(
        Method.SSH_KEY, signer.fingerprint(), from.userAgent(), from.address(), signer.notAfter());
  }

  /** Counted before it is answered, the same for everybody. */
  private ProblemException fail(Challenge challenge, Verdict verdict, From from) {
    failures.failed(challenge.asked(), Asker.at(from.address()));
    return refuse(refusal(challenge, verdict), from, keyRefused());
  }

  private static String why(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Signed signed -> "key-unknown";
      case Verdict.Refused refused -> KeyProofs.word(refused.reason());
    };
  }

  /** Something is looked up here too, the same for everybody. */
  private Refusal refusal(Challenge challenge, Verdict verdict) {
    String shown = verdict instanceof Verdict.Signed signed ? signed.key().fingerprint() : "";
    String whose =
        QuarkusTransaction.requiringNew().call(() -> signers.whose(challenge, shown)).orElse("");
    return Refusal.of(REFUSED, why(verdict)).about(whose).with(shown);
  }

  private ProblemException refuse(Refusal refusal, From from, Problem answer) {
    signIns.refused(refusal.from(from.address(), from.userAgent()));
    return new ProblemException(answer);
  }

  private static Problem keyRefused() {
    return Problem.of(
        "key-not-registered",
        401,
        "This key is not registered",
        "Ask an owner or admin of this server to add it, or use another way to sign in.");
  }

  private static Problem gone() {
    return Problem.of(
        "challenge-spent",
        410,
        "This sign-in is over",
        "What is to be signed is good once, for a minute. Ask for a new one.");
  }
}
