// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.ssh.UserCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.UUID;

/**
 * Certificates that have signed somebody in. Nobody registers them, so they are listed from their
 * first use on, among the person's keys, and revoked there: by their key, whatever is certified for
 * it later. Runs in the transaction of the sign-in.
 */
@ApplicationScoped
class Certificates {
  /** Of one person; of more than these the least recently used are no longer listed. */
  static final int MOST = 50;

  private static final int LONGEST_KEY_ID = 60;

  /** A database has no longer years. */
  private static final Instant FOR_EVER = Instant.parse("9999-01-01T00:00:00Z");

  /** The row is locked by this, so that a revocation comes before it or behind the sign-in. */
  private static final String USED =
      "insert into ssh_key (id, account_id, name, type, fingerprint, public_key, created_at,"
          + " added_by, last_used_at, proven_at, certificate, not_after) values (:id, :account,"
          + " :name, :type, :fingerprint, :key, :now, :account, :now, :now, true,"
          + " cast(:end as timestamptz))"
          + " on conflict (account_id, fingerprint) where revoked_at is null and certificate"
          + " do update set last_used_at = excluded.last_used_at, name = excluded.name,"
          + " not_after = excluded.not_after";

  private static final String UNLISTED =
      "delete from ssh_key where account_id = :account and certificate and revoked_at is null"
          + " and id not in (select id from ssh_key where account_id = :account and certificate"
          + " and revoked_at is null and (not_after is null or not_after >= :now)"
          + " order by last_used_at desc limit :most)";

  private final EntityManager database;

  Certificates(EntityManager database) {
    this.database = database;
  }

  /** Whether it still signs anybody in, now that it is listed. */
  boolean use(UserCertificate certificate, UUID account, Instant now) {
    database
        .createNativeQuery(USED)
        .setParameter("id", UUID.randomUUID())
        .setParameter("account", account)
        .setParameter("name", name(certificate))
        .setParameter("type", certificate.type())
        .setParameter("fingerprint", certificate.key().fingerprint())
        .setParameter("key", certificate.key().blob())
        .setParameter("now", now)
        .setParameter(
            "end",
            certificate.notAfter().filter(FOR_EVER::isAfter).map(Instant::toString).orElse(null))
        .executeUpdate();
    database
        .createNativeQuery(UNLISTED)
        .setParameter("account", account)
        .setParameter("now", now)
        .setParameter("most", MOST)
        .executeUpdate();
    if (!isRevoked(certificate, account)) {
      return true;
    }
    // Revoked at the same time: then it is not listed again.
    SshKey.delete(
        "accountId = ?1 and fingerprint = ?2 and certificate = true and revokedAt is null",
        account,
        certificate.key().fingerprint());
    return false;
  }

  /**
   * As this account's key, or as a certificate of anybody it has signed in: a key that one of them
   * has lost is lost. Another's plain key says nothing, as it may be an admin's mistake, and
   * neither does one that was proven elsewhere.
   */
  boolean isRevoked(UserCertificate certificate, UUID account) {
    return SshKey.count(
            "fingerprint = ?1 and revokedAt is not null and displaced = false"
                + " and (certificate = true or accountId = ?2)",
            certificate.key().fingerprint(),
            account)
        > 0;
  }

  /** What the authority calls it, without what no terminal should be shown. */
  private static String name(UserCertificate certificate) {
    String keyId = certificate.keyId().replaceAll("\\p{C}", "?").strip();
    String shown = keyId.length() > LONGEST_KEY_ID ? keyId.substring(0, LONGEST_KEY_ID) : keyId;
    return shown + ", serial " + Long.toUnsignedString(certificate.serial());
  }
}
