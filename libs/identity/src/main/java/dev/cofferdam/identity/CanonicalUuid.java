// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.UUID;

/** {@link UUID#fromString} also takes short and upper-case groups; an id has one spelling only. */
final class CanonicalUuid {
  private static final int LENGTH = 36;

  private CanonicalUuid() {}

  static UUID parse(String text) {
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException("an id has 36 characters");
    }
    UUID id = UUID.fromString(text);
    if (!id.toString().equals(text)) {
      throw new IllegalArgumentException("an id is written in lower case, 8-4-4-4-12");
    }
    return id;
  }
}
