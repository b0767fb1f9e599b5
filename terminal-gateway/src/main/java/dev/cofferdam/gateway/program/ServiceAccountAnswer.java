// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account of a program: nobody signs in as one, its keys act in its name. */
@Schema(name = "ServiceAccount")
public record ServiceAccountAnswer(
    String id, String name, String role, boolean disabled, String createdAt) {

  /**
   * @param name 1 to 64 characters, nobody else's
   */
  @Schema(name = "ServiceAccountRequest")
  public record Wanted(@Schema(examples = "build server") @Nullable String name) {}

  /** Switching it off revokes its keys. */
  @Schema(name = "ServiceAccountChange")
  public record Change(@Nullable Boolean disabled) {}
}
