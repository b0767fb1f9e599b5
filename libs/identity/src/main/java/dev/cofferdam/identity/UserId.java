// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a person's account.
 *
 * @param value the UUID, version 4 where we made it
 */
public record UserId(UUID value) {
  public UserId {
    Objects.requireNonNull(value, "value");
  }

  /** A fresh random id (RFC 9562 version 4). */
  public static UserId random() {
    return new UserId(UUID.randomUUID());
  }

  /**
   * Reads the canonical form: 36 characters, lower case, as {@link #toString()} writes it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static UserId parse(String text) {
    return new UserId(CanonicalUuid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
