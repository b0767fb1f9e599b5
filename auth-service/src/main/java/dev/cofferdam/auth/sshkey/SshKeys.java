// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.edge.Person;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registered keys. Who may do what was decided before. */
@ApplicationScoped
public class SshKeys {
  static final int MOST_OF_ONE_PERSON = 50;

  /** What was found may be gone by the time that it is changed; not again and again. */
  private static final int ROUNDS = 3;

  private final KeyRows rows;
  private final KeyProofs proofs;
  private final Outbox outbox;
  private final SignIns signIns;
  private final InstantSource clock;

  SshKeys(KeyRows rows, KeyProofs proofs, Outbox outbox, SignIns signIns, InstantSource clock) {
    this.rows = rows;
    this.proofs = proofs;
    this.clock = clock;
    this.outbox = outbox;
    this.signIns = signIns;
  }

  @Transactional
  public List<SshKey> list(UserId whose) {
    return SshKey.list("accountId = ?1 and revokedAt is null", Sort.by("createdAt"), whose.value());
  }

  /** A key that is in use. */
  @Transactional
  public Optional<SshKey> find(UUID id) {
    return SshKey.find("id = ?1 and revokedAt is null", id).firstResultOptional();
  }

  /**
   * A key of somebody else, by the word of who adds it: it signs them in and is proven by that,
   * unless somebody proves it elsewhere before.
   *
   * @throws ProblemException 409 if the key is in use, by whomever, or there are too many; 401 if
   *     the sign-in of who asks has ended meanwhile
   */
  @Transactional
  public SshKey vouch(UserId whose, Person asking, NewKey key) {
    signIns.hold(asking);
    SshKey added = SshKey.of(whose, asking.user(), key, clock.instant());
    if (!add(added)) {
      throw inUse();
    }
    return added;
  }

  /**
   * What has to be signed by a key that is to be added to one's own.
   *
   * @throws ProblemException 409 if there are too many keys, 429 if too many challenges wait; 401
   *     if their sign-in has ended meanwhile
   */
  @Transactional
  KeyChallenge challenge(Person me) {
    signIns.hold(me);
    requireRoom(me.user());
    String name = Account.<Account>findById(me.user().value()).name();
    return proofs.challenge(prover(me), Asker.only(me.user().toString()), "as " + name);
  }

  /**
   * A key of one's own, which has signed a challenge for that.
   *
   * @param name empty or null for its type
   * @throws ProblemException as {@link KeyProofs#require} and {@link #addProven}; 401 if their
   *     sign-in has ended meanwhile
   */
  @Transactional
  SshKey addOwn(Person me, @Nullable String name, Signed signed) {
    signIns.hold(me);
    return addProven(me.user(), NewKey.proven(name, proofs.require(signed, prover(me))));
  }

  private static KeyProofs.Prover prover(Person me) {
    Refusal refusal = Refusal.of(KeyProofs.REFUSED, "").about(me.user().toString()).by(me.user());
    return new KeyProofs.Prover(me.signIn(), refusal);
  }

  /**
   * A key of whoever has just signed with it. Where it stands at another account by an admin's
   * word, it is revoked there; where it stands at this one so, it is proven by this.
   *
   * @throws ProblemException 409 if it is proven already, by whomever, or there are too many
   */
  @Transactional(TxType.MANDATORY)
  public SshKey addProven(UserId whose, NewKey key) {
    Instant now = clock.instant();
    SshKey added = SshKey.of(whose, whose, key, now);
    added.provenAt = now;
    for (int round = 0; round < ROUNDS; round++) {
      Optional<SshKey> there = rows.inUse(added.fingerprint);
      if (there.isPresent() && there.get().owner().equals(whose)) {
        if (rows.prove(there.get(), key.name(), now)) {
          outbox.add(changed(there.get(), whose, "proven", now));
          return there.get();
        }
      } else if (there.map(found -> displace(found, whose, now)).orElse(true) && add(added)) {
        return added;
      }
    }
    throw inUse();
  }

  private boolean displace(SshKey key, UserId by, Instant now) {
    boolean displaced = rows.displace(key, now);
    if (displaced) {
      tellRevoked(key, by, "displaced", now);
    }
    return displaced;
  }

  private boolean add(SshKey key) {
    requireRoom(key.owner());
    boolean added = rows.add(key);
    if (added) {
      outbox.add(changed(key, new UserId(key.addedBy), "added", key.createdAt));
    }
    return added;
  }

  private static void requireRoom(UserId whose) {
    if (SshKey.count("accountId = ?1 and revokedAt is null and certificate = false", whose.value())
        >= MOST_OF_ONE_PERSON) {
      throw new ProblemException(
          Problem.of("too-many-keys", 409, "There are 50 keys already", "Revoke one first."));
    }
  }

  private static ProblemException inUse() {
    return new ProblemException(
        Problem.of(
            "key-in-use",
            409,
            "This key is registered already",
            "A key signs one person in. Use another, or revoke it where it is."));
  }

  /** Revokes it and ends every sign-in that it opened. */
  @Transactional
  public void revoke(SshKey key, UserId by) {
    Instant now = clock.instant();
    int revoked = SshKey.update("revokedAt = ?1 where id = ?2 and revokedAt is null", now, key.id);
    if (revoked > 0) {
      tellRevoked(key, by, "revoked", now);
    }
  }

  private void tellRevoked(SshKey key, UserId by, String what, Instant now) {
    signIns.endOpenedBy(key.owner(), Method.SSH_KEY, key.fingerprint, "key-revoked");
    outbox.add(changed(key, by, what, now));
  }

  /** Whether it is, or was, a key of this person. */
  public static boolean isOf(UserId user, String fingerprint) {
    return SshKey.count("accountId = ?1 and fingerprint = ?2", user.value(), fingerprint) > 0;
  }

  /** Who has last added this key there, if anybody did. */
  public static Optional<UserId> addedBy(UserId whose, String fingerprint) {
    return SshKey.<SshKey>find(
            "accountId = ?1 and fingerprint = ?2 and certificate = false",
            Sort.descending("createdAt"),
            whose.value(),
            fingerprint)
        .firstResultOptional()
        .map(key -> new UserId(key.addedBy));
  }

  private static SecurityEvent changed(SshKey key, UserId by, String what, Instant now) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(), now, key.owner(), by, Method.SSH_KEY.wireName(), key.fingerprint, what);
  }
}
