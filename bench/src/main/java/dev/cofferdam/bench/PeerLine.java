// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.function.Consumer;

/** A shell of the bare node-pty server: every message is bytes of the terminal. */
final class PeerLine implements Line {
  private final WebSocket socket;
  private volatile Consumer<Buffer> listener = bytes -> {};

  PeerLine(WebSocket socket) {
    this.socket = socket;
    socket.binaryMessageHandler(bytes -> listener.accept(bytes));
  }

  @Override
  public void send(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
  }

  @Override
  public void onOutput(Consumer<Buffer> newListener) {
    listener = newListener;
  }

  @Override
  public void close() {
    socket.close();
  }
}
