// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of keys that others may be changing: each is one statement that finds out by itself
 * whether it came too late. Answers are of now, and not of the beginning of the transaction.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class KeyRows {
  /** Waits for whoever is adding the same key, and is no error if they did. */
  private static final String ADD =
      "insert into ssh_key (id, account_id, name, type, fingerprint, public_key, created_at,"
          + " added_by, proven_at, certificate) values (:id, :account, :name, :type, :fingerprint,"
          + " :key, :now, :by, cast(:proven as timestamptz), false)"
          + " on conflict (fingerprint) where revoked_at is null and not certificate do nothing";

  private static final String UNPROVEN =
      " where id = ?2 and revokedAt is null and provenAt is null";

  private final EntityManager database;

  KeyRows(EntityManager database) {
    this.database = database;
  }

  /** Whosever it is. */
  Optional<SshKey> inUse(String fingerprint) {
    Optional<SshKey> found =
        SshKey.<SshKey>find(
                "fingerprint = ?1 and revokedAt is null and certificate = false", fingerprint)
            .firstResultOptional();
    found.ifPresent(database::refresh);
    return found.filter(key -> key.revokedAt == null);
  }

  /**
   * @return whether it was added; else the key is in use
   */
  boolean add(SshKey key) {
    int added =
        database
            .createNativeQuery(ADD)
            .setParameter("id", key.id)
            .setParameter("account", key.accountId)
            .setParameter("name", key.name)
            .setParameter("type", key.type)
            .setParameter("fingerprint", key.fingerprint)
            .setParameter("key", key.publicKey)
            .setParameter("now", key.createdAt)
            .setParameter("by", key.addedBy)
            .setParameter("proven", key.provenAt == null ? null : key.provenAt.toString())
            .executeUpdate();
    return added > 0;
  }

  /**
   * @return whether it was in use and not proven
   */
  boolean prove(SshKey key, String name, Instant now) {
    boolean proven = SshKey.update("provenAt = ?1, name = ?3" + UNPROVEN, now, key.id, name) > 0;
    if (proven) {
      database.refresh(key);
    }
    return proven;
  }

  /**
   * Revokes it because somebody else has proven it.
   *
   * @return whether it was in use and not proven
   */
  boolean displace(SshKey key, Instant now) {
    return SshKey.update("revokedAt = ?1, displaced = true" + UNPROVEN, now, key.id) > 0;
  }
}
