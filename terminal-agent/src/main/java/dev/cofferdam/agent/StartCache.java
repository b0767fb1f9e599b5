// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes {@code agent.aot} beside the built agent: classes as the JVM wants them, loaded and linked
 * (JEP 483, JEP 514). Run by the build. A JVM that finds the cache does not fit starts without it.
 */
public final class StartCache {
  private StartCache() {}

  /** The one argument is the directory of the built agent. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path agent = Path.of(args[0]).toRealPath();
    Path cache = agent.resolve("agent.aot");
    Files.deleteIfExists(cache);
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + agent.resolve("agent.options"),
                "-XX:AOTCacheOutput=" + cache,
                // Profiles would have more compiled than an agent needs, and cost 6 MB.
                "-XX:-AOTRecordTraining",
                "-Xlog:disable",
                "-Dpty4j.preferred.native.folder="
                    + agent.resolve("natives/resources/com/pty4j/native"),
                "-Djna.boot.library.path=" + agent.resolve("natives/com/sun/jna/linux-x86-64"),
                "-cp",
                classPath(agent),
                TrainingRun.class.getName())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = training.waitFor();
    if (status != 0 || Files.notExists(cache)) {
      System.err.println("No start cache was made (status " + status + "): agents start slower.");
    }
  }

  /** The cache is bound to the order of the jars: that of their names, here and in a box. */
  static String classPath(Path agent) throws IOException {
    try (Stream<Path> entries = Files.list(agent)) {
      return entries
          .map(Path::toString)
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
