// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until a text has come out of a terminal, however it was cut into pieces. */
final class Marker implements Consumer<Buffer> {
  private static final String FAILED = "failed-of-it";

  private final String text;
  private final CountDownLatch seen = new CountDownLatch(1);
  private volatile boolean failed;
  private String carry = "";
  private long bytes;

  Marker(String text) {
    this.text = text;
  }

  @Override
  public void accept(Buffer piece) {
    bytes += piece.length();
    int tail = Math.min(piece.length(), 512);
    byte[] end = piece.getBytes(piece.length() - tail, piece.length());
    String window = carry + new String(end, StandardCharsets.ISO_8859_1);
    if (window.contains(text)) {
      seen.countDown();
    } else if (window.contains(FAILED)) {
      failed = true;
      seen.countDown();
    }
    carry =
        window.substring(Math.max(0, window.length() - Math.max(text.length(), FAILED.length())));
  }

  /** Bytes of output until the marker; read after {@link #await}. */
  long bytes() {
    return bytes;
  }

  void await(long seconds) {
    try {
      if (!seen.await(seconds, TimeUnit.SECONDS)) {
        throw new IllegalStateException("No '" + text + "' within " + seconds + " s: " + carry);
      }
      if (failed) {
        throw new IllegalStateException("The command failed: " + carry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a command in a shell and waits until it is done. The marker is split in the echo.
   *
   * @throws IllegalStateException when it ends with another status than 0, or not in time
   */
  static Marker run(Line line, String command, long seconds) {
    Marker marker = new Marker("done-" + "of-it");
    line.onOutput(marker);
    String told = "printf 'done-%s\\n' of-it; else printf 'failed-%s\\n' of-it; fi\n";
    line.send(("if { " + command + "; }; then " + told).getBytes(StandardCharsets.UTF_8));
    marker.await(seconds);
    return marker;
  }
}
