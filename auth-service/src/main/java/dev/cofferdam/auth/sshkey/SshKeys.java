// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Registered keys. Who may do what was decided before. */
@ApplicationScoped
public class SshKeys {
  static final int MOST_OF_ONE_PERSON = 50;

  private final Outbox outbox;
  private final SignIns signIns;
  private final InstantSource clock;

  SshKeys(Outbox outbox, SignIns signIns, InstantSource clock) {
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
   * @throws ProblemException 409 if the key is in use, by whomever, or there are too many
   */
  @Transactional
  public SshKey add(UserId whose, UserId by, NewKey key) {
    if (SshKey.count("accountId = ?1 and revokedAt is null and certificate = false", whose.value())
        >= MOST_OF_ONE_PERSON) {
      throw new ProblemException(
          Problem.of("too-many-keys", 409, "There are 50 keys already", "Revoke one first."));
    }
    Instant now = clock.instant();
    SshKey added = SshKey.of(whose, by, key.name(), key.key(), now);
    if (SshKey.count(
            "fingerprint = ?1 and revokedAt is null and certificate = false", added.fingerprint)
        > 0) {
      throw inUse();
    }
    try {
      added.persistAndFlush();
    } catch (ConstraintViolationException e) {
      // Somebody was quicker with the same key.
      throw inUse();
    }
    outbox.add(changed(added, by, "added", now));
    return added;
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
      signIns.endOpenedBy(key.owner(), Method.SSH_KEY, key.fingerprint, "key-revoked");
      outbox.add(changed(key, by, "revoked", now));
    }
  }

  /** Whether it is, or was, a key of this person. */
  public static boolean isOf(UserId user, String fingerprint) {
    return SshKey.count("accountId = ?1 and fingerprint = ?2", user.value(), fingerprint) > 0;
  }

  private static SecurityEvent changed(SshKey key, UserId by, String what, Instant now) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(), now, key.owner(), by, Method.SSH_KEY.wireName(), key.fingerprint, what);
  }
}
