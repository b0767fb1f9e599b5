// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a start of our own programs leaves for later ones: their classes as the JVM wants them,
 * loaded and linked (JEP 483, JEP 514). Recorded once behind a build, from a stack whose data is
 * thrown away, so that nothing of anybody's is in them (ADR 0033).
 *
 * @param folder has a file {@code NAME.aot} for each program
 * @param recording whether this start is the one that they are made from
 */
public record StartCaches(Path folder, boolean recording) {

  /** Where the caches of this build are, in the checkout, or are to be written. */
  static Path folderIn(Path checkout) {
    Path built = checkout.resolve("stack/target");
    return wanted() ? built.resolve("recording/starts") : built.resolve("starts");
  }

  /** Whether the launcher wants this start recorded. */
  static boolean wanted() {
    return Boolean.getBoolean("coffer.starts.record");
  }

  /**
   * For the JVM of a program, among its options; the same ones have to be there when it is recorded
   * and when it is used. The launcher has thrown away what is older than its jars.
   */
  List<String> options(String program) {
    Path cache = folder.resolve(program + ".aot");
    if (recording) {
      // Profiles would serve the optimizing compiler alone.
      return List.of(
          "-XX:AOTCacheOutput=" + cache,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTRecordTraining");
    }
    if (Files.notExists(cache)) {
      return List.of();
    }
    // Mapped where it was made for: its pages stay clean.
    return List.of(
        "-XX:AOTCache=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");
  }
}
