// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that the checkout keeps for itself, in {@code .coffer/tools}. */
final class Tools {
  private Tools() {}

  /**
   * @param below path below the folder of tools
   */
  static Path require(String below) {
    Path tool = folder().resolve(below);
    if (!Files.isExecutable(tool)) {
      throw new TestkitException(tool + " is missing: run ./coffer test, which fetches it");
    }
    return tool;
  }

  /**
   * @param below path below the folder of tools
   */
  static Path requireFolder(String below) {
    Path tool = folder().resolve(below);
    if (!Files.isDirectory(tool)) {
      throw new TestkitException(tool + " is missing: run ./coffer test, which fetches it");
    }
    return tool;
  }

  private static Path folder() {
    String given = System.getProperty("coffer.tools", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".mvn"))) {
        return at.resolve(".coffer/tools");
      }
    }
    throw new TestkitException("no checkout above " + start + ": run ./coffer test");
  }
}
