// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a view's bytes go: a non-blocking connection. */
public interface ViewWire {
  /** Takes what fits now. May be called from any thread, one at a time. */
  void write(ByteBuffer bytes) throws IOException;

  /** Asks to be told by {@link View#writable} once more fits. */
  void wantWritable();

  /** Ends the connection after what was written. */
  void close();
}
