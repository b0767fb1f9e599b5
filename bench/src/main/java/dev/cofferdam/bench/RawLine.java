// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/** A shell on a PTY of this process: no network, no framing. The physical limit of the others. */
final class RawLine implements Line {
  /**
   * What a PTY gives at once. The library copies its whole buffer for each read, however little.
   */
  private static final int READ_BYTES = 4 * 1024;

  private final PtyProcess shell;
  private volatile Consumer<Buffer> listener = bytes -> {};

  RawLine() {
    try {
      shell =
          new PtyProcessBuilder(new String[] {"bash", "--norc", "--noprofile"})
              .setEnvironment(Map.of("TERM", "xterm-256color", "PATH", "/usr/bin:/bin"))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("raw-pty").start(this::pump);
  }

  private void pump() {
    byte[] bytes = new byte[READ_BYTES];
    try (InputStream output = shell.getInputStream()) {
      for (int n = output.read(bytes); n > 0; n = output.read(bytes)) {
        listener.accept(Buffer.buffer(n).appendBytes(bytes, 0, n));
      }
    } catch (IOException e) {
      // The PTY answers EIO when its last process has ended: the normal end of a terminal.
      return;
    }
  }

  @Override
  public void send(byte[] bytes) {
    try {
      shell.getOutputStream().write(bytes);
      shell.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onOutput(Consumer<Buffer> newListener) {
    listener = newListener;
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
