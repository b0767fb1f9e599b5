// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A browser that is signed in, until it signs out or twelve hours have passed. */
@Entity
@Table(name = "browser_session")
public class BrowserSession extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "secret_hash")
  byte[] secretHash;

  @Column(name = "account_id")
  UUID accountId;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "user_agent")
  String userAgent;

  String address;

  String method;

  String credential;

  @Column(name = "last_seen_at")
  Instant lastSeenAt;

  @Column(name = "ended_reason")
  @Nullable String endedReason;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  BrowserSession() {}

  public UUID id() {
    return id;
  }

  public UUID accountId() {
    return accountId;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  public Instant lastSeenAt() {
    return lastSeenAt;
  }

  public String userAgent() {
    return userAgent;
  }

  public String address() {
    return address;
  }

  /** Says with what it was made, whoever ends it. */
  SecurityEvent ended(String reason, Instant at) {
    return new SecurityEvent.SignInEnded(
        UUID.randomUUID(), at, new UserId(accountId), id, reason, method, credential);
  }

  /** {@link Method#wireName()} of how it was opened. */
  public String method() {
    return method;
  }

  /** What it was opened with; see {@link Proof}. */
  public String credential() {
    return credential;
  }
}
