// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A program's key as people see it; times in ISO 8601.
 *
 * @param accountId in whose name it acts
 * @param lastUsedAt exact to a minute
 */
@Schema(name = "ApiKey")
public record ApiKeyAnswer(
    String id,
    String accountId,
    String name,
    List<Scope> scopes,
    String createdAt,
    String expiresAt,
    @Nullable String lastUsedAt) {

  /**
   * @param verb for instance {@code workspace.read}
   * @param workspaceId the only workspace it is good for, or null for all
   */
  @Schema(name = "Scope")
  public record Scope(
      @Schema(examples = "workspace.read") @Nullable String verb, @Nullable String workspaceId) {}

  /** A key that was just made; {@code key} is shown this once. */
  @Schema(name = "NewApiKey")
  public record WithText(ApiKeyAnswer apiKey, String key) {
    @Override
    public String toString() {
      return "WithText[" + apiKey.id() + "]";
    }
  }

  /**
   * @param name 1 to 64 characters
   * @param scopes 1 to 64
   * @param expiresAt from an hour to 366 days from now
   */
  @Schema(name = "ApiKeyRequest")
  public record Wanted(
      @Schema(examples = "nightly build") @Nullable String name,
      @Nullable List<Scope> scopes,
      @Schema(examples = "2027-01-01T00:00:00Z") @Nullable String expiresAt) {}
}
