// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.identity.UserId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key for a program; what it may is written as {@link dev.cofferdam.decisions.Scope}s. */
@Entity
@Table(name = "api_key")
public class ApiKey extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "secret_hash")
  byte[] secretHash;

  @Column(name = "account_id")
  UUID accountId;

  String name;

  String scope;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  UUID createdBy;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  /** Its tokens' sign-in: another one each time that what its account may has changed. */
  @Column(name = "sign_in")
  UUID signIn;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ApiKey() {}

  /** Whether this is the sign-in of a key that is neither revoked nor expired. */
  public static boolean isGood(UUID signIn, Instant now) {
    return count("signIn = ?1 and revokedAt is null and expiresAt > ?2", signIn, now) > 0;
  }

  public UUID id() {
    return id;
  }

  /** In whose name it acts. */
  public UserId user() {
    return new UserId(accountId);
  }

  /** Words of scopes with a space between each. */
  public String scope() {
    return scope;
  }

  public Instant expiresAt() {
    return expiresAt;
  }
}
