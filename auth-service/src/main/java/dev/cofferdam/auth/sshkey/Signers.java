// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.ssh.SshPublicKey;
import dev.cofferdam.ssh.SshSignatures.Verdict;
import dev.cofferdam.ssh.UserCertificate;
import dev.cofferdam.ssh.UserCertificate.Decision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whose signature it is. Runs in the transaction in which they are signed in. */
@ApplicationScoped
class Signers {
  private static final String NOBODYS_FINGERPRINT = "";
  private static final String WHOSE =
      "select id from (select id, 0 as nth from account"
          + " where lower(name) = lower(:name) and kind = 'person' union all"
          + " select account_id, case when revoked_at is null then 1 else 2 end from ssh_key"
          + " where fingerprint in (:shown, :asked)) known"
          + " order by nth limit 1";

  /** Whose key it is, and proven by that; their account can't change until the transaction ends. */
  private static final String USE =
      "with used as (update ssh_key set last_used_at = :now,"
          + " proven_at = coalesce(proven_at, :now) where fingerprint = :shown"
          + " and public_key = :blob and revoked_at is null and not certificate"
          + " and account_id in (select id from account"
          + " where :name = '' or lower(name) = lower(:name))"
          + " and (:asked = '' or :asked = fingerprint) returning account_id)"
          + " select a.* from account a join used on a.id = used.account_id for share of a";

  private final Authorities authorities;
  private final Certificates certificates;
  private final EntityManager database;
  private final InstantSource clock;

  Signers(
      Authorities authorities,
      Certificates certificates,
      EntityManager database,
      InstantSource clock) {
    this.clock = clock;
    this.certificates = certificates;
    this.database = database;
    this.authorities = authorities;
  }

  /** Somebody who has proved who they are. */
  record Signer(Account account, String fingerprint, Optional<Instant> notAfter) {}

  /** Also for a signature that is none something is looked up, so that all take their time. */
  Optional<Signer> find(Challenge challenge, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused refused -> registered(challenge, NOBODYS_FINGERPRINT, new byte[0]);
      case Verdict.Signed signed -> {
        SshPublicKey key = signed.key();
        yield signed
            .certificate()
            .map(certificate -> certified(challenge, certificate))
            .orElseGet(() -> registered(challenge, key.fingerprint(), key.blob()));
      }
    };
  }

  /**
   * The account that somebody tried who was refused: the one that they named, else the one whose
   * key they showed or asked for. For that person's eyes and the log, never for an answer.
   */
  Optional<String> whose(Challenge challenge, String fingerprint) {
    List<?> found =
        database
            .createNativeQuery(WHOSE, UUID.class)
            .setParameter("name", challenge.name())
            .setParameter("shown", fingerprint)
            .setParameter("asked", challenge.fingerprint())
            .getResultList();
    return found.stream().findFirst().map(Object::toString);
  }

  /**
   * The row is changed before anything is opened: a revocation that comes at the same time waits
   * for it and then ends what was opened.
   */
  private Optional<Signer> registered(Challenge challenge, String fingerprint, byte[] blob) {
    List<?> whose =
        database
            .createNativeQuery(USE, Account.class)
            .setParameter("now", clock.instant())
            .setParameter("shown", fingerprint)
            .setParameter("blob", blob)
            .setParameter("name", challenge.name())
            .setParameter("asked", challenge.fingerprint())
            .getResultList();
    return whose.stream()
        .findFirst()
        .map(account -> new Signer((Account) account, fingerprint, Optional.empty()));
  }

  /** A certificate says names, so the challenge has to say which one is meant. */
  private Optional<Signer> certified(Challenge challenge, UserCertificate certificate) {
    String fingerprint = certificate.key().fingerprint();
    return Account.named(challenge.name())
        .filter(
            account ->
                certificate.decide(authorities.keys(), account.name(), clock.instant())
                    == Decision.ADMITTED)
        .filter(account -> challenge.isFor(account, fingerprint))
        .filter(account -> !certificates.isRevoked(certificate, account.id()))
        .filter(account -> certificates.use(certificate, account.id(), clock.instant()))
        .map(account -> new Signer(locked(account.id()), fingerprint, certificate.notAfter()));
  }

  private static Account locked(UUID id) {
    return Account.findById(id, LockModeType.PESSIMISTIC_READ);
  }
}
