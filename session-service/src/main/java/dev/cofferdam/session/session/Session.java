// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.events.Actor;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table of sessions. */
@Entity
@Table(name = "session")
public class Session extends PanacheEntityBase {
  /** Why a session of an old version ended. */
  private static final String UNKNOWN = "unknown";

  @Id UUID id;

  @Column(name = "workspace_id")
  UUID workspaceId;

  @Column(name = "user_id")
  UUID userId;

  @Column(name = "sandbox_id")
  UUID sandboxId;

  /** {@code sid} of the token that it was opened with. */
  @Column(name = "sign_in_id")
  @Nullable UUID signInId;

  @Nullable String method;

  @Nullable String credential;

  @Nullable String address;

  /** How much ciphertext its person may have in all; null for one from before. */
  @Column(name = "quota_bytes")
  @Nullable Long quotaBytes;

  @Enumerated(EnumType.STRING)
  State state;

  @Nullable String reason;

  /** The person who locked it, where it was a person. */
  @Column(name = "locked_by")
  @Nullable UUID lockedBy;

  /** With what they did. */
  @Column(name = "locked_credential")
  @Nullable String lockedCredential;

  /** From where. */
  @Column(name = "locked_address")
  @Nullable String lockedAddress;

  int sequence;

  @Column(name = "opened_at")
  Instant openedAt;

  @Column(name = "locked_at")
  @Nullable Instant lockedAt;

  /** When it locks whatever is done in it. */
  @Column(name = "ends_at")
  @Nullable Instant endsAt;

  /** While it is warned. */
  @Column(name = "locks_at")
  @Nullable Instant locksAt;

  @Column(name = "renewed_at")
  Instant renewedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Session() {}

  public SessionId sessionId() {
    return SessionId.parse(id.toString());
  }

  public WorkspaceId workspace() {
    return WorkspaceId.parse(workspaceId.toString());
  }

  public UserId user() {
    return UserId.parse(userId.toString());
  }

  public SandboxId sandbox() {
    return SandboxId.parse(sandboxId.toString());
  }

  public OptionalLong quotaBytes() {
    Long bytes = quotaBytes;
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** Its own, or that of its terminals. */
  Resource resource(Kind kind) {
    return Resource.in(kind, user(), workspace());
  }

  public State state() {
    return state;
  }

  Actor openedBy() {
    return new Actor(
        Optional.of(user()),
        Objects.requireNonNullElse(credential, ""),
        Objects.requireNonNullElse(address, ""));
  }

  private Actor lockedBy() {
    return lockedBy == null
        ? Actor.NOBODY
        : new Actor(
            Optional.of(UserId.parse(lockedBy.toString())),
            Objects.requireNonNullElse(lockedCredential, ""),
            Objects.requireNonNullElse(lockedAddress, ""));
  }

  Phase phase() {
    return switch (state) {
      case OPENING -> new Phase.Opening();
      case ACTIVE -> new Phase.Active();
      case WARNED -> new Phase.Warned(Objects.requireNonNullElse(locksAt, renewedAt));
      case LOCKING -> new Phase.Locking(end());
      case LOCKED -> new Phase.Locked(end(), Objects.requireNonNullElse(lockedAt, renewedAt));
    };
  }

  private End end() {
    return new End(Objects.requireNonNullElse(reason, UNKNOWN), lockedBy());
  }

  void enter(Phase next) {
    state = next.state();
    locksAt = null;
    switch (next) {
      case Phase.Opening p -> {}
      case Phase.Active p -> {}
      case Phase.Warned warned -> locksAt = warned.locksAt();
      case Phase.Locking locking -> endsBecause(locking.end());
      case Phase.Locked locked -> {
        endsBecause(locked.end());
        lockedAt = locked.at();
      }
    }
  }

  private void endsBecause(End end) {
    reason = end.reason();
    Actor by = end.by();
    by.user()
        .ifPresent(
            user -> {
              lockedBy = user.value();
              lockedCredential = by.credential();
              lockedAddress = by.address();
            });
  }

  public @Nullable String reason() {
    return reason;
  }
}
