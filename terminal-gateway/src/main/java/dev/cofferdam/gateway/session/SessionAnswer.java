// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as its owner sees it; times in ISO 8601.
 *
 * @param signInId the sign-in that opened it: it locks when that ends
 * @param method how that was signed in, for instance {@code ssh-key}; null for an older session
 * @param credential with what, for instance a fingerprint; may be empty
 * @param address from where it was opened; may be empty
 * @param state {@code OPENING}, {@code ACTIVE}, {@code LOCKING} or {@code LOCKED}
 * @param reason why it is locked: a stable word
 * @param endsAt when it locks whatever is done in it; null for an older session
 */
public record SessionAnswer(
    String id,
    String workspaceId,
    String userId,
    String sandboxId,
    @Nullable String signInId,
    @Nullable String method,
    @Nullable String credential,
    @Nullable String address,
    String state,
    @Nullable String reason,
    @Nullable String openedAt,
    @Nullable String lockedAt,
    @Nullable String locksAt,
    @Nullable String endsAt) {

  /** Whether the key is in its sandbox and may stay there. */
  boolean isOpen() {
    return state.equals("ACTIVE") || isWarned();
  }

  /** Whether it locks soon unless somebody does something. */
  boolean isWarned() {
    return state.equals("WARNED");
  }

  Optional<UUID> signIn() {
    return Optional.ofNullable(signInId).map(UUID::fromString);
  }

  static SessionAnswer of(JsonNode json) {
    return new SessionAnswer(
        json.path("id").asText(),
        json.path("workspaceId").asText(),
        json.path("userId").asText(),
        json.path("sandboxId").asText(),
        json.path("signInId").textValue(),
        json.path("method").textValue(),
        json.path("credential").textValue(),
        json.path("address").textValue(),
        json.path("state").asText(),
        json.path("reason").textValue(),
        json.path("openedAt").textValue(),
        json.path("lockedAt").textValue(),
        json.path("locksAt").textValue(),
        json.path("endsAt").textValue());
  }

  /** What holds once the box is gone, in our own words: session-service could not be asked. */
  static SessionAnswer locked(OpenSession session, String reason, Instant now) {
    return new SessionAnswer(
        session.id().toString(),
        session.workspace().toString(),
        session.user().toString(),
        session.sandbox().toString(),
        session.signIn().map(UUID::toString).orElse(null),
        null,
        null,
        null,
        "LOCKED",
        reason,
        session.openedAt(),
        now.toString(),
        null,
        null);
  }
}
