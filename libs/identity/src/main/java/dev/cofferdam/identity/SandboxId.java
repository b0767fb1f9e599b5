// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one hardened box, which holds at most one session.
 *
 * @param value the UUID, version 4 where we made it
 */
public record SandboxId(UUID value) {
  public SandboxId {
    Objects.requireNonNull(value, "value");
  }

  /** A fresh random id (RFC 9562 version 4). */
  public static SandboxId random() {
    return new SandboxId(UUID.randomUUID());
  }

  /**
   * Reads the canonical form: 36 characters, lower case, as {@link #toString()} writes it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SandboxId parse(String text) {
    return new SandboxId(CanonicalUuid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
