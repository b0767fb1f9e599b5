// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one open time of a workspace, from unlock to lock.
 *
 * @param value the UUID, version 4 where we made it
 */
public record SessionId(UUID value) {
  public SessionId {
    Objects.requireNonNull(value, "value");
  }

  /** A fresh random id (RFC 9562 version 4). */
  public static SessionId random() {
    return new SessionId(UUID.randomUUID());
  }

  /**
   * Reads the canonical form: 36 characters, lower case, as {@link #toString()} writes it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SessionId parse(String text) {
    return new SessionId(CanonicalUuid.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
