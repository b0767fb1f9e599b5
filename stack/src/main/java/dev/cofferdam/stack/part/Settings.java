// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that a person gives on the command line, by part.
 *
 * @param byPart {@code -D} words for each named part
 * @param providers the file that describes where else one can sign in
 * @param alerts the file that says when there is an alert and who is told
 */
public record Settings(
    Map<String, List<String>> byPart, Optional<Path> providers, Optional<Path> alerts) {
  /** The value of the one setting that the stack itself has. */
  Optional<String> ofStack(String key) {
    for (String word : of("stack")) {
      if (!word.startsWith(key + "=")) {
        throw new StartFailure("the stack knows no setting but " + key);
      }
    }
    return of("stack").stream().map(word -> word.substring(key.length() + 1)).findFirst();
  }

  List<String> of(String part) {
    return byPart.getOrDefault(part, List.of());
  }
}
