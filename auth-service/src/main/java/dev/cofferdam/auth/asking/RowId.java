// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.asking;

import dev.cofferdam.identity.UserId;
import java.util.Optional;
import java.util.UUID;

/** Ids in paths: one that can be none names nothing, like one that is unknown. */
public final class RowId {
  private RowId() {}

  public static Optional<UUID> find(String text) {
    try {
      return Optional.of(UserId.parse(text).value());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
