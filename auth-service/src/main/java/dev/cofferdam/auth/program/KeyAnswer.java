// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A key as people see it.
 *
 * @param accountId in whose name it acts
 * @param lastUsedAt exact to a minute
 */
@Schema(name = "ApiKey")
public record KeyAnswer(
    UUID id,
    UUID accountId,
    String name,
    List<ScopeAnswer> scopes,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  /** A verb, everywhere or in one workspace only. */
  @Schema(name = "Scope")
  public record ScopeAnswer(String verb, @Nullable String workspaceId) {
    private static ScopeAnswer of(String word) {
      int colon = word.indexOf(':');
      return colon < 0
          ? new ScopeAnswer(word, null)
          : new ScopeAnswer(word.substring(0, colon), word.substring(colon + 1));
    }
  }

  /** A key that was just made; {@code key} is shown this once. */
  @Schema(name = "NewApiKey")
  public record WithText(KeyAnswer apiKey, String key) {
    static WithText of(Keys.Made made) {
      return new WithText(KeyAnswer.of(made.key()), made.text());
    }

    @Override
    public String toString() {
      return "WithText[" + apiKey.id() + "]";
    }
  }

  static KeyAnswer of(ApiKey key) {
    List<ScopeAnswer> scopes =
        Arrays.stream(key.scope.split(" ", -1)).sorted().map(ScopeAnswer::of).toList();
    return new KeyAnswer(
        key.id, key.accountId, key.name, scopes, key.createdAt, key.expiresAt, key.lastUsedAt);
  }
}
