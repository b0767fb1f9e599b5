// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until a text has come out of a terminal, however it was cut into pieces. */
final class Marker implements Consumer<Buffer> {
  private final String text;
  private final CountDownLatch seen = new CountDownLatch(1);
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
    }
    carry = window.substring(Math.max(0, window.length() - text.length()));
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command line in a shell and waits until it is done. The marker is split in the echo. */
  static Marker run(Line line, String command, long seconds) {
    Marker marker = new Marker("done-" + "of-it");
    line.onOutput(marker);
    line.send((command + "; printf 'done-%s\\n' of-it\n").getBytes(StandardCharsets.UTF_8));
    marker.await(seconds);
    return marker;
  }
}
