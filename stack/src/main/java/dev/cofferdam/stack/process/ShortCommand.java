// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the system that ends by itself soon. */
public final class ShortCommand {
  private static final int PATIENCE_SECONDS = 60;
  private static final int OUTPUT_BYTES = 4096;

  private ShortCommand() {}

  /**
   * Runs it without input.
   *
   * @throws StartFailure with what it said if its exit status is not 0
   */
  public static void require(String... command) {
    require("", List.of(command));
  }

  /** The same with text on its standard input. */
  public static void require(String input, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      if (input.isEmpty()) {
        builder.redirectInput(new File("/dev/null"));
      }
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      builder.environment().put("LANG", "C.UTF-8");
      await(builder.start(), input, command.getFirst());
    } catch (IOException e) {
      throw new StartFailure(command.getFirst() + " can't be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure(command.getFirst() + " was interrupted");
    }
  }

  private static void await(Process process, String input, String name)
      throws IOException, InterruptedException {
    try {
      if (!input.isEmpty()) {
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
      }
      byte[] output = process.getInputStream().readNBytes(OUTPUT_BYTES);
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StartFailure(name + " takes longer than a minute");
      }
      if (process.exitValue() != 0) {
        throw new StartFailure(
            name + " failed: " + new String(output, StandardCharsets.UTF_8).strip());
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
