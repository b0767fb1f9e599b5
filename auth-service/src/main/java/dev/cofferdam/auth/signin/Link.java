// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A one-time link; its token is stored as a hash. */
@Entity
@Table(name = "link")
public class Link extends PanacheEntityBase {
  @Id
  @Column(name = "token_hash")
  byte[] tokenHash;

  @Column(name = "account_id")
  UUID accountId;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "spent_at")
  @Nullable Instant spentAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Link() {}
}
