// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

  /** Ours, and what reads tokens for us. */
  private static final String GUIDES = "dev.cofferdam.**:io.smallrye.jwt.**:org.jose4j.**";

  private static final String SEEDS = "fuzz.seeds";

  private GuidedFuzz() {}

  /**
   * @param target has {@code public static void fuzzerTestOneInput(byte[])}, which throws for what
   *     must not be
   * @param seeds real inputs, from which it starts
   * @throws AssertionError if it throws, with where the input is kept
   */
  public static void run(Class<?> target, List<byte[]> seeds) {
    run(target, seeds, Map.of());
  }

  /**
   * The same for one that has to be told more than its seeds.
   *
   * @param told system properties of its process
   */
  public static void run(Class<?> target, List<byte[]> seeds, Map<String, String> told) {
    run(target, seeds, told, kept(target), TIME);
  }

  /** The same with another place for findings. */
  public static void run(Class<?> target, List<byte[]> seeds, Path kept, Duration time) {
    run(target, seeds, Map.of(), kept, time);
  }

  private static Path kept(Class<?> target) {
    return Path.of("src/test/resources/fuzz", target.getSimpleName());
  }

  private static void run(
      Class<?> target, List<byte[]> seeds, Map<String, String> told, Path kept, Duration time) {
    try (Folder folder = Folder.fresh("fuzz")) {
      Path found = Files.createDirectory(folder.file("found"));
      List<String> command =
          JavaProgram.command(
              options(folder, seeds, told), JAZZER, arguments(target, folder, kept, time));
      Child fuzzer = Child.start(folder.file("log"), false, "", command);
      int status = fuzzer.awaitStatus(time.plus(GRACE));
      if (status != 0) {
        throw new AssertionError(
            "status %d, kept: %s%n%s".formatted(status, keep(found, kept), fuzzer.tail()));
      }
      System.out.println(target.getSimpleName() + ": " + fuzzer.tail().lines().toList().getLast());
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

  private static List<String> options(Folder folder, List<byte[]> seeds, Map<String, String> told)
      throws IOException {
    Path start = Files.createDirectory(folder.file(SEEDS));
    for (int at = 0; at < seeds.size(); at++) {
      Files.write(start.resolve(Integer.toString(at)), seeds.get(at));
    }
    List<String> options =
        new ArrayList<>(List.of("-XX:+EnableDynamicAgentLoading", "-D" + SEEDS + "=" + start));
    told.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  private static List<String> arguments(Class<?> target, Folder folder, Path kept, Duration time)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + GUIDES,
                // Its sanitizers look for calls that no parser of ours makes.
                "--custom_hook_excludes=**",
                "--reproducer_path=" + folder.path(),
                "-artifact_prefix=" + folder.file("found") + "/",
                "-max_total_time=" + time.toSeconds(),
                // Of what it reads at its start more than the heap; a parser's own is bounded by
                // that.
                "-rss_limit_mb=4096",
                Files.createDirectory(folder.file("corpus")).toString(),
                folder.file(SEEDS).toString()));
    if (Files.isDirectory(kept)) {
      arguments.add(kept.toAbsolutePath().toString());
    }
    return arguments;
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
