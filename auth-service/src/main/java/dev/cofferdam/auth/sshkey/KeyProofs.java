// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.ssh.SshPublicKey;
import dev.cofferdam.ssh.SshSignatures;
import dev.cofferdam.ssh.SshSignatures.Reason;
import dev.cofferdam.ssh.SshSignatures.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who adds a key shows that they have its private half. Who they are is known already, so they are
 * told what is wrong with their signature.
 */
@ApplicationScoped
public class KeyProofs {
  /** What is told of who does not prove it. */
  public static final String REFUSED = "ssh-key-not-registered";

  private final KeyChallenges challenges;
  private final SignIns signIns;
  private final URI origin;
  private final InstantSource clock;

  KeyProofs(
      KeyChallenges challenges,
      SignIns signIns,
      @ConfigProperty(name = "coffer.public.origin") URI origin,
      InstantSource clock) {
    this.challenges = challenges;
    this.signIns = signIns;
    this.origin = origin;
    this.clock = clock;
  }

  /**
   * Who proves something.
   *
   * @param id of their sign-in, or of the invitation that they show
   * @param refusal who they are, {@link #REFUSED}
   */
  public record Prover(UUID id, Refusal refusal) {}

  /**
   * @param asker whose share of waiting challenges it takes
   * @param forWhom how the text goes on: ASCII without quotes
   * @throws ProblemException 429 if they have their share, which is told
   */
  public KeyChallenge challenge(Prover prover, Asker asker, String forWhom) {
    KeyChallenge challenge = KeyChallenge.fresh(origin, forWhom, clock.instant());
    try {
      challenges.add(challenge, prover.id(), asker);
    } catch (ProblemException e) {
      if (e.problem().status() == 429) {
        throw refuse(prover, "too-many-tries", "", e.problem());
      }
      throw e;
    }
    return challenge;
  }

  /**
   * The key that has signed. The challenge is spent if the transaction commits, so whoever calls
   * this adds the key in it.
   *
   * @throws ProblemException 410 for a challenge that is spent, expired or somebody else's; 400 for
   *     a signature that is none, or of what is no key here
   */
  @Transactional(TxType.MANDATORY)
  public SshPublicKey require(Signed signed, Prover prover) {
    KeyChallenge challenge =
        challenges
            .take(signed.challenge(), prover.id())
            .orElseThrow(() -> refuse(prover, "challenge-spent", "", gone()));
    Verdict verdict =
        new SshSignatures(challenge.namespace())
            .check(signed.signature(), challenge.text().getBytes(US_ASCII));
    return switch (verdict) {
      case Verdict.Refused refused ->
          throw refuse(prover, word(refused.reason()), "", problem(refused.reason()));
      case Verdict.Signed by when by.certificate().isPresent() ->
          throw refuse(prover, "certificate", by.key().fingerprint(), notTaken());
      case Verdict.Signed by -> by.key();
    };
  }

  /** As in records of refused sign-ins. */
  static String word(Reason reason) {
    return "signature-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private ProblemException refuse(Prover prover, String why, String fingerprint, Problem answer) {
    Refusal told = prover.refusal();
    signIns.refused(
        new Refusal(told.what(), why, told.subject(), told.asker(), told.userAgent())
            .with(fingerprint));
    return new ProblemException(answer);
  }

  private static Problem problem(Reason reason) {
    return switch (reason) {
      case OTHER_NAMESPACE ->
          Problem.of(
              "other-namespace",
              400,
              "This was signed for something else",
              "Run the command as it is shown here: what is signed to sign in adds no key.");
      case KEY_NOT_TAKEN -> notTaken();
      case MALFORMED, BAD_SIGNATURE ->
          Problem.of(
              "signature-not-valid",
              400,
              "This is no signature of what was to be signed",
              "Run the command as it is shown here, and paste all that it prints.");
    };
  }

  private static Problem notTaken() {
    return Problem.of(
        "key-not-taken",
        400,
        "Keys of this kind are not added",
        "Sign with a key of ssh-ed25519, sk-ssh-ed25519, ecdsa-sha2-nistp256, or ssh-rsa of at"
            + " least 3072 bits. A certificate signs in by its authority and is not added.");
  }

  private static Problem gone() {
    return Problem.of(
        "challenge-spent",
        410,
        "This command has run out",
        "What is to be signed is good for one key, for five minutes, where it was shown. Ask for a"
            + " new one.");
  }
}
