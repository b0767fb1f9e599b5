// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fuzzing that is guided by what an input reaches of our code: Jazzer, in a process of its own with
 * the class path of the test, which has to have Jazzer. For 20 seconds, or as long as {@code
 * -Dcoffer.fuzz} says.
 *
 * <p>What it finds is kept in {@code src/test/resources/fuzz}, below the target's name, and is what
 * each later run tries first.
 */
public final class GuidedFuzz {
  private static final Duration TIME = Duration.parse(System.getProperty("coffer.fuzz", "PT20S"));

  /** For starting, and for the last input. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private static final String SEEDS = "fuzz.seeds";
  private static final int LAST_LINES = 40;

  private GuidedFuzz() {}

  /**
   * @param target has {@code public static void fuzzerTestOneInput(byte[])}, which throws for what
   *     must not be
   * @param seeds real inputs, from which it starts
   * @throws AssertionError if it throws, with where the input is kept
   */
  public static void run(Class<?> target, List<byte[]> seeds) {
    run(target, seeds, Path.of("src/test/resources/fuzz", target.getSimpleName()), TIME);
  }

  /** The same with another place for findings. */
  public static void run(Class<?> target, List<byte[]> seeds, Path kept, Duration time) {
    try (Folder folder = Folder.fresh("fuzz")) {
      Path found = Files.createDirectory(folder.file("found"));
      Path log = folder.file("log");
      Process fuzzer =
          new ProcessBuilder(command(target, folder, seeds, kept, time))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int status = end(fuzzer, time.plus(GRACE));
      if (status != 0) {
        List<String> said = Files.readString(log, UTF_8).lines().toList();
        throw new AssertionError(
            "status %d, kept: %s%n%s"
                .formatted(
                    status,
                    keep(found, kept),
                    String.join(
                        "\n", said.subList(Math.max(0, said.size() - LAST_LINES), said.size()))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the process that fuzzes: what it started from. */
  public static List<byte[]> seeds() {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty(SEEDS)))) {
      for (Path file : files.toList()) {
        all.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static List<String> command(
      Class<?> target, Folder folder, List<byte[]> seeds, Path kept, Duration time)
      throws IOException {
    Path start = Files.createDirectory(folder.file("seeds"));
    for (int at = 0; at < seeds.size(); at++) {
      Files.write(start.resolve(Integer.toString(at)), seeds.get(at));
    }
    Path corpus = Files.createDirectory(folder.file("corpus"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + SEEDS + "=" + start,
                "-cp",
                classPath,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.cofferdam.**",
                // Its sanitizers look for calls that no parser of ours makes.
                "--custom_hook_excludes=**",
                "--reproducer_path=" + folder.path(),
                "-artifact_prefix=" + folder.file("found") + "/",
                "-max_total_time=" + time.toSeconds(),
                // Of what it reads at its start more than the heap; a parser's own is bounded by
                // that.
                "-rss_limit_mb=4096",
                corpus.toString(),
                start.toString()));
    if (Files.isDirectory(kept)) {
      command.add(kept.toString());
    }
    return command;
  }

  private static int end(Process fuzzer, Duration most) {
    try {
      if (fuzzer.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        return fuzzer.exitValue();
      }
      throw new AssertionError("not over within " + most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      fuzzer.destroyForcibly();
    }
  }

  private static List<Path> keep(Path found, Path kept) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(found)) {
      for (Path file : files.toList()) {
        Path to = Files.createDirectories(kept).resolve(file.getFileName());
        all.add(Files.move(file, to, StandardCopyOption.REPLACE_EXISTING));
      }
    }
    return all;
  }
}
