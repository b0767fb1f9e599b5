// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short command of this machine. */
public final class Command {
  private Command() {}

  public static int status(String... command) {
    return run(List.of(command)).status();
  }

  /** Its output; fails if it does. */
  public static String require(String... command) {
    return require(List.of(command));
  }

  public static String require(List<String> command) {
    Outcome outcome = run(command);
    if (outcome.status() != 0) {
      throw new AssertionError(command + " answered " + outcome);
    }
    return outcome.output();
  }

  /** What it writes; what it complains about is dropped. */
  static byte[] bytes(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed");
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(command.getFirst() + " can't be run", e);
    }
  }

  /** Exit status and both streams. */
  public record Outcome(int status, String output) {}

  public static Outcome run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(command.getFirst() + " can't be run", e);
    }
  }
}
