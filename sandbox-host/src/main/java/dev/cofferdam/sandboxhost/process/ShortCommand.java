// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ends by itself soon; killed and reported if it does not. */
public final class ShortCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OUTPUT_BYTES = 4096;

  private ShortCommand() {}

  /**
   * What came of it.
   *
   * @param status the exit status, 128 + n for signal n
   * @param output the first 4 KiB of both streams, trimmed
   */
  public record Outcome(int status, String output) {
    public boolean succeeded() {
      return status == 0;
    }
  }

  /**
   * Runs without input and with a bare environment.
   *
   * @throws CommandException if it can't be started, takes too long, or the thread is interrupted
   */
  public static Outcome run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      return await(builder.start(), command.getFirst());
    } catch (IOException e) {
      throw new CommandException(command.getFirst() + " can't be run", e);
    }
  }

  /**
   * As {@link #run}, for commands whose failure leaves nothing to do.
   *
   * @throws CommandException also if the exit status is not 0
   */
  public static void require(List<String> command) {
    Outcome outcome = run(command);
    if (!outcome.succeeded()) {
      throw new CommandException(
          command.getFirst() + " answered " + outcome.status() + ": " + outcome.output());
    }
  }

  private static Outcome await(Process process, String name) throws IOException {
    try {
      byte[] output = process.getInputStream().readNBytes(OUTPUT_BYTES);
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new CommandException(name + " took longer than " + PATIENCE);
      }
      return new Outcome(process.exitValue(), new String(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(name + " was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
