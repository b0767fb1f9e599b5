// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.invitation;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Good once, for a week at most, as long as whoever sent it may still send it. */
@Entity
@Table(name = "invitation")
class Invitation extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "token_hash")
  byte[] tokenHash;

  String role;

  /** The name that the person will have; empty if they choose it. */
  String name;

  @Column(name = "created_by")
  UUID createdBy;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "spent_at")
  @Nullable Instant spentAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  /** Whom it let in; unknown also for those from an older version. */
  @Column(name = "account_id")
  @Nullable UUID accountId;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Invitation() {}

  Role role() {
    return Role.parse(role);
  }

  UserId sender() {
    return new UserId(createdBy);
  }
}
