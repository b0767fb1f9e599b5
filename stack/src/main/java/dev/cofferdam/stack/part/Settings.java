// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.util.List;
import java.util.Map;

/**
 * Settings that a person gives on the command line, by part.
 *
 * @param byPart {@code -D} words for each named part
 */
public record Settings(Map<String, List<String>> byPart) {
  List<String> of(String part) {
    return byPart.getOrDefault(part, List.of());
  }
}
