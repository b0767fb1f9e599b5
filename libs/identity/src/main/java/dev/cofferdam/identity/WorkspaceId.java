// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.Objects;
import java.util.UUID;

/**
 * Names an encrypted tree.
 *
 * @param value the UUID, version 4 where we made it
 */
public record WorkspaceId(UUID value) {
  public WorkspaceId {
    Objects.requireNonNull(value, "value");
  }

  /** A fresh random id (RFC 9562 version 4). */
  public static WorkspaceId random() {
    return new WorkspaceId(UUID.randomUUID());
  }

  /**
   * Reads the canonical form: 36 characters, lower case, as {@link #toString()} writes it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static WorkspaceId parse(String text) {
    return new WorkspaceId(CanonicalUuid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
