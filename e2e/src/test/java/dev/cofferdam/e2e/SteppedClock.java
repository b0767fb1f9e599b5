// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A wall clock that a test steps, for one service of a server and nobody else: a JDK whose {@code
 * java} starts that one with the distribution's libfaketime. Clocks that nobody sets go on, as they
 * do on a machine whose time is set.
 */
final class SteppedClock implements AutoCloseable {
  /** So long after a step at the latest it is seen. */
  static final int SEEN_WITHIN_SECONDS = 1;

  private static final String LIBRARY = "libfaketime.so.1";

  /**
   * What it must not stand in for: it takes deadlines of the clock that nobody sets for times of
   * day, and a JVM that waits until one waits for ever.
   */
  private static final String WAITING = "\0pthread_cond_timedwait\0";

  private static final String WRAPPER =
      """
      #!/bin/sh
      home=$(dirname "$(dirname "$0")")
      case " $* " in
        *"/%s/quarkus-run.jar"*)
          export LD_PRELOAD="$home/lib/%s" FAKETIME_TIMESTAMP_FILE="$home/step"
          export FAKETIME_CACHE_DURATION=%d FAKETIME_DONT_FAKE_MONOTONIC=1 ;;
      esac
      exec "$home/bin/java.real" "$@"
      """;

  private final Path home;

  /** As the machine's at first. */
  SteppedClock(String service) {
    try {
      home = Files.createTempDirectory("coffer-jdk");
      copy(Path.of(System.getProperty("java.home")), home);
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.write(home.resolve("lib").resolve(LIBRARY), withoutWaiting(library()));
      Path java = home.resolve("bin/java");
      Files.move(java, home.resolve("bin/java.real"));
      Files.writeString(java, WRAPPER.formatted(service, LIBRARY, SEEN_WITHIN_SECONDS));
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
      step(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Under another name nobody asks for it. The first place is where its names are. */
  private static byte[] withoutWaiting(Path library) throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    int name = new String(bytes, ISO_8859_1).indexOf(WAITING) + 1;
    assertThat(name).as("where %s names what it stands in for", library).isPositive();
    bytes[name] = 'P';
    return bytes;
  }

  /** Its files are links where the disk allows that: nothing writes to them. */
  private static void copy(Path from, Path to) throws IOException {
    String words = "cp -al \"$0/.\" \"$1\" 2>/dev/null || cp -a \"$0/.\" \"$1\"";
    Process copying =
        new ProcessBuilder("sh", "-c", words, from.toRealPath().toString(), to.toString())
            .inheritIO()
            .start();
    try {
      assertThat(copying.waitFor()).as("copying %s", from).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Path library() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("faketime").resolve(LIBRARY))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError("the package faketime is missing"));
    }
  }

  /** For the launcher: what it starts has this clock. */
  Map<String, String> environment() {
    return Map.of("JAVA_HOME", home.toString());
  }

  /** Sets it, against the machine's; whole, as a reader may look at any time. */
  void step(int hours) {
    try {
      Path next = Files.writeString(home.resolve("step.next"), "%+dh%n".formatted(hours));
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(next, home.resolve("step"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Trees.remove(home);
    assertThat(home).doesNotExist();
  }
}
