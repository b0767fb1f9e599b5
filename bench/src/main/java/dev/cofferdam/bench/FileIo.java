// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The same file work inside a workspace and on a bare gocryptfs with the same options. */
final class FileIo implements Runnable {
  private static final int FEWEST_TURNS = 3;
  private static final int MOST_TURNS = 31;
  private static final long LONG_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** Name to shell command; each is timed by the shell that runs it, in its own directory. */
  private static final Map<String, String> WORK =
      new TreeMap<>(
          Map.of(
              "1 sequential write",
              "dd if=/dev/zero of=seq bs=1M count=256 conv=fsync status=none",
              "2 sequential read",
              "dd if=seq of=/dev/null bs=1M status=none",
              "3 random 4 KiB read",
              "fio --name=r --filename=seq --rw=randread --bs=4k --size=256m --io_size=32m"
                  + " --ioengine=psync --output=/dev/null",
              "4 random 4 KiB write",
              "fio --name=w --filename=seq --rw=randwrite --bs=4k --size=256m --io_size=32m"
                  + " --ioengine=psync --end_fsync=1 --output=/dev/null",
              "5 untar a source tree",
              "rm -rf tree; mkdir tree; tar -cf - -C /usr/share perl | tar -xf - -C tree",
              "6 git status",
              "cd tree; [ -d .git ] || (git init -q . && git add -A); git status >/dev/null;"
                  + " cd .."));

  private final Product product;
  private final Report report;

  FileIo(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  @Override
  public void run() {
    try (BareFileSystem bare = new BareFileSystem();
        Opened opened = Opened.of(product, "bench files");
        RawLine outside = new RawLine()) {
      CofferLine inside = opened.terminal();
      Marker.run(inside, "cd /workspace", 20);
      Marker.run(outside, "cd " + bare.directory(), 20);
      WORK.forEach((name, command) -> compare(name, command, inside, outside));
    }
  }

  private void compare(String name, String command, Line inside, Line outside) {
    Marker.run(inside, command, 300);
    Marker.run(outside, command, 300);
    List<Long> ours = new ArrayList<>();
    List<Long> bares = new ArrayList<>();
    long start = System.nanoTime();
    // What is over soon is done often: the machine's noise is longer than it.
    while (ours.size() < FEWEST_TURNS
        || (ours.size() < MOST_TURNS && System.nanoTime() - start < LONG_ENOUGH_NANOS)) {
      ours.add(timed(inside, command));
      bares.add(timed(outside, command));
    }
    double mine = median(ours);
    double bare = median(bares);
    String seen = Measurements.seen("%.0f ms / %.0f ms, %d turns", mine, bare, ours.size());
    report.atLeast("files: " + name.substring(2), bare / mine, "x", 0.95, seen);
  }

  private static double median(List<Long> nanos) {
    return Figures.of(nanos.stream().mapToLong(Long::longValue).toArray()).millisAt(0.5);
  }

  private static long timed(Line line, String command) {
    long start = System.nanoTime();
    Marker.run(line, command, 300);
    return System.nanoTime() - start;
  }

  /** A gocryptfs with the options of a workspace, mounted by this process alone. */
  private static final class BareFileSystem implements AutoCloseable {
    private final Path root;

    BareFileSystem() {
      try {
        root = Files.createTempDirectory("coffer-bench");
        Files.createDirectory(root.resolve("cipher"));
        Files.createDirectory(root.resolve("plain"));
        String cipher = root.resolve("cipher").toString();
        run(List.of("gocryptfs", "-q", "-init", "-scryptn", "10", cipher));
        run(List.of("gocryptfs", "-q", cipher, directory().toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path directory() {
      return root.resolve("plain");
    }

    private static void run(List<String> command) throws IOException {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var input = process.outputWriter()) {
        input.write("a password of the benchmark\n");
      }
      await(process, command);
    }

    private static void await(Process process, List<String> command) {
      try {
        if (process.waitFor() != 0) {
          throw new IllegalStateException("Failed: " + command);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        run(List.of("fusermount3", "-u", "-z", directory().toString()));
        run(List.of("rm", "-rf", root.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
