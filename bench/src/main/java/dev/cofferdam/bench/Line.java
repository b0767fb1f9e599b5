// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** A terminal's bytes in both directions, however they travel. */
interface Line extends AutoCloseable {
  /** Sends keystrokes; may be called from any thread. */
  void send(byte[] bytes);

  /** From now on output goes to this listener, piece by piece, on the line's own thread. */
  void onOutput(Consumer<Buffer> listener);

  @Override
  void close();
}
