// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher's own functions, in a real bash on a machine that is made up: nothing is on its PATH
 * but what a test puts there, and no JDK is installed. Programs that would change this machine are
 * stood in for by scripts of a line. bubblewrap hides the JDKs of this machine.
 */
final class Bash {
  private static final Path BUILD = Path.of("").toAbsolutePath().getParent().resolve("build");
  private static final List<String> ORDINARY =
      List.of(
          "bash",
          "cat",
          "chmod",
          "cmp",
          "date",
          "dirname",
          "env",
          "find",
          "grep",
          "ln",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sort",
          "stat",
          "tail",
          "touch",
          "uname");

  private final Path folder;
  private final List<String> shown = new ArrayList<>();
  private String javaHome = "";

  /** A result without the time that a step took. */
  record Result(int status, String out, String err) {}

  Bash(Path folder) {
    this.folder = folder;
    make("bin");
    make("home");
    make("checkout");
    ORDINARY.forEach(this::real);
  }

  private Path make(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the functions take for the checkout. */
  Path checkout() {
    return folder.resolve("checkout");
  }

  Path bin() {
    return folder.resolve("bin");
  }

  /** Puts a program of this machine on PATH. */
  Bash real(String name) {
    Path found =
        List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + name + " on this machine"));
    link(found, bin().resolve(name));
    return this;
  }

  private static void link(Path to, Path at) {
    try {
      Files.createSymbolicLink(at, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a stand-in on PATH that runs this line of shell. */
  Bash standIn(String name, String line) {
    script(bin().resolve(name), line);
    return this;
  }

  /** A file that is run. */
  static void script(Path file, String line) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\n" + line + "\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " can't be made executable");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What looks like a JDK of this version, in a folder of its own. */
  Path jdk(String name, String version) {
    Path home = make(name);
    script(home.resolve("bin/javac"), "exit 0");
    try {
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  Bash javaHome(Path home) {
    javaHome = home.toString();
    return this;
  }

  Bash javacOnPath(Path home) {
    link(home.resolve("bin/javac"), bin().resolve("javac"));
    return this;
  }

  /** Where distributions put them. */
  Bash installed(Path home) {
    shown.addAll(List.of("--bind", home.toString(), "/usr/lib/jvm/" + home.getFileName()));
    return this;
  }

  /** Runs lines behind the functions of the launcher. */
  Result run(String lines) {
    String script =
        "set -euo pipefail; root=%s; for room in say usage jdk packages namespaces tools compile starts; do . %s/$room.sh; done\n%s"
            .formatted(checkout(), BUILD, lines);
    List<String> words =
        new ArrayList<>(
            List.of("bwrap", "--dev-bind", "/", "/", "--tmpfs", "/usr/lib/jvm", "--tmpfs", "/opt"));
    words.addAll(shown);
    words.addAll(List.of("--", bin() + "/bash", "-c", script));
    try {
      Path err = Files.createTempFile(folder, "err", "");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().put("PATH", bin().toString());
      builder.environment().put("HOME", folder.resolve("home").toString());
      builder.environment().put("TMPDIR", folder.toString());
      builder.environment().put("SAID", folder.resolve("said").toString());
      if (!javaHome.isEmpty()) {
        builder.environment().put("JAVA_HOME", javaHome);
      }
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("not over within a minute: " + lines);
      }
      return new Result(process.exitValue(), out, Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What stand-ins wrote to {@code $SAID}. */
  String said() {
    try {
      Path said = folder.resolve("said");
      return Files.exists(said) ? Files.readString(said) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
