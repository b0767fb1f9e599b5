// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that cannot outlive this JVM; what it prints goes to a file. */
final class Child implements AutoCloseable {
  private static final long GRACE_SECONDS = 10;
  private static final int TAIL_LINES = 40;

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    AtExit.kill(process);
  }

  /** As this user, or as nobody if this is root and {@code humble}. */
  static Child start(Path log, boolean humble, String input, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL"));
    if (humble) {
      whole.addAll(OtherUser.options());
    }
    whole.add("--");
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(log.resolveSibling("").toFile());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Child child = new Child(Spawner.start(builder), log);
    child.feed(input);
    return child;
  }

  private void feed(String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      throw failure("does not read its input");
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @throws TestkitException if it ends before or is not ready in time
   */
  void awaitReady(Duration longest, BooleanSupplier ready) {
    Eventually.within(longest)
        .until("a server is ready, see " + log, () -> !process.isAlive() || ready.getAsBoolean());
    if (!process.isAlive()) {
      throw failure("ended before it was ready");
    }
  }

  /** Waits for a command that ends by itself. */
  void awaitSuccess(Duration longest) {
    if (awaitStatus(longest) != 0) {
      throw failure("failed");
    }
  }

  /**
   * How a command ended by itself.
   *
   * @throws TestkitException if it is not over in time
   */
  int awaitStatus(Duration longest) {
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw failure("is not over within " + longest);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  /** One of kill(1)'s names, for instance STOP. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new TestkitException("no kill(1)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** At once, as a power cut would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** With the chance to tidy up. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private TestkitException failure(String what) {
    String command = process.info().command().orElse("the command");
    return new TestkitException(command + " " + what + ":\n" + tail());
  }

  /** The last lines that it printed. */
  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
