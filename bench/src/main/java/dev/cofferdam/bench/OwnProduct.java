// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A product of this checkout in a data directory of its own, started twice by the launcher: a
 * person's second start finds everything made. Stopped and removed with this.
 */
final class OwnProduct implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Unseal key: (\\S+)");
  private static final Pattern LINK = Pattern.compile("Sign in: (\\S+)");
  private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*([1-9][0-9]*)");
  private static final long LONGEST_MINUTES = 5;
  private static final double MOST_SECONDS = 15;
  private static final double MOST_MEGABYTES = 1600;

  /** Compilers and collectors have calmed down by then. */
  private static final long UNTIL_IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path checkout;
  private final Path folder;
  private final String port = Integer.toString(freePort());
  private String unsealKey = "";
  private String link = "";

  private OwnProduct(Path checkout) {
    this.checkout = checkout;
    try {
      folder = Files.createTempDirectory("coffer-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it, and says how long the second start took and how much memory it has then.
   *
   * @throws IllegalStateException if it does not start; nothing is left then
   */
  static OwnProduct start(Path checkout, Report report) {
    OwnProduct product = new OwnProduct(checkout);
    try {
      double first = product.up();
      product.coffer("down");
      double second = product.up();
      String seen = Measurements.seen("first start %.1f s", first);
      report.atMost("second start to the printed link", second, "s", MOST_SECONDS, seen);
      LockSupport.parkNanos(UNTIL_IDLE_NANOS);
      product.memory(report);
      return product;
    } catch (RuntimeException e) {
      product.close();
      throw e;
    }
  }

  /** Good for one sign-in within 15 minutes. */
  String link() {
    return link;
  }

  /** Seconds until the launcher has printed the link and is back. */
  private double up() {
    long start = System.nanoTime();
    String said = coffer("up", "--detach", "--port", port);
    double took = (System.nanoTime() - start) / 1e9;
    if (unsealKey.isEmpty()) {
      unsealKey = find(KEY, said);
    }
    link = find(LINK, said);
    return took;
  }

  /**
   * Of the supervisor, all parts and what they have started; pages that are shared count for each.
   */
  private void memory(Report report) {
    List<ProcessHandle> all = new ArrayList<>();
    Matcher pids = PID.matcher(coffer("status", "--json"));
    while (pids.find()) {
      ProcessHandle.of(Long.parseLong(pids.group(1)))
          .flatMap(ProcessHandle::parent)
          .filter(parent -> !all.contains(parent))
          .ifPresent(all::add);
    }
    List<Long> each =
        all.stream()
            .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
            .map(ProcessHandle::pid)
            .distinct()
            .toList();
    report.atMost(
        "whole stack RSS, idle, with the supervisor",
        each.stream().mapToDouble(Memory::rssMegabytes).sum(),
        "MB",
        MOST_MEGABYTES,
        Measurements.seen(
            "%.0f MB if what is shared counts once",
            each.stream().mapToDouble(Memory::pssMegabytes).sum()));
  }

  private static String find(Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in:\n" + said);
    }
    return found.group(1);
  }

  /** What a command of the launcher has said; output goes to a file, which parts may keep open. */
  private String coffer(String... words) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("coffer").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data().toString()));
    Path said = folder.resolve("said");
    Path typed = folder.resolve("typed");
    try {
      Files.writeString(typed, data().getFileName() + "\n");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(typed.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().put("COFFER_SKIP_BUILD", "1");
      if (!unsealKey.isEmpty()) {
        builder.environment().put("COFFER_UNSEAL_KEY", unsealKey);
      }
      Process process = builder.start();
      boolean over = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
      String text = Files.readString(said);
      if (!over || process.exitValue() != 0) {
        process.destroy();
        throw new IllegalStateException(String.join(" ", words) + " failed:\n" + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    coffer("down");
    if (Files.exists(data())) {
      coffer("reset");
    }
    try (Stream<Path> rest = Files.list(folder)) {
      for (Path file : rest.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
