// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.identity.UserId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signs one person in, until it is revoked; or one that did so with a certificate
 * and does not without.
 */
@Entity
@Table(name = "ssh_key")
public class SshKey extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "account_id")
  UUID accountId;

  String name;

  String type;

  String fingerprint;

  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "added_by")
  UUID addedBy;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  /** When its owner has shown that they have the private key; until then it is an admin's word. */
  @Column(name = "proven_at")
  @Nullable Instant provenAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  /** Revoked because somebody else has proven it. */
  boolean displaced;

  boolean certificate;

  /** When the certificate ends, if it does. */
  @Column(name = "not_after")
  @Nullable Instant notAfter;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  SshKey() {}

  static SshKey of(UserId whose, UserId by, NewKey key, Instant now) {
    SshKey added = new SshKey();
    added.id = UUID.randomUUID();
    added.accountId = whose.value();
    added.name = key.name();
    added.type = key.key().type();
    added.fingerprint = key.key().fingerprint();
    added.publicKey = key.key().blob();
    added.createdAt = now;
    added.addedBy = by.value();
    return added;
  }

  public UserId owner() {
    return new UserId(accountId);
  }

  public String fingerprint() {
    return fingerprint;
  }
}
