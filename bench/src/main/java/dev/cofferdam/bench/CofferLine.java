// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.function.Consumer;

/** A terminal of Cofferdam over the terminal protocol; acknowledges as the web app does. */
final class CofferLine implements Line {
  private static final byte OUTPUT = (byte) 0x81;
  private static final int OUTPUT_HEADER_BYTES = 9;
  private static final long ACKNOWLEDGE_EVERY_BYTES = 128 * 1024;

  private final WebSocket socket;
  private volatile Consumer<Buffer> listener = bytes -> {};
  private long acknowledged;

  CofferLine(WebSocket socket) {
    this.socket = socket;
    socket.binaryMessageHandler(this::take);
    write(new ClientFrame.Attach(Limits.NO_OFFSET, 80, 24));
  }

  private void take(Buffer message) {
    if (message.getByte(0) != OUTPUT) {
      return;
    }
    long end = message.getLong(1) + message.length() - OUTPUT_HEADER_BYTES;
    listener.accept(message.slice(OUTPUT_HEADER_BYTES, message.length()));
    if (end - acknowledged >= ACKNOWLEDGE_EVERY_BYTES) {
      acknowledged = end;
      write(new ClientFrame.Ack(end));
    }
  }

  private void write(ClientFrame frame) {
    socket.writeBinaryMessage(Buffer.buffer(FrameCodec.encode(frame).array()));
  }

  @Override
  public void send(byte[] bytes) {
    write(new ClientFrame.Input(bytes));
  }

  @Override
  public void onOutput(Consumer<Buffer> newListener) {
    listener = newListener;
  }

  /** When it was closed from the other side. */
  void onClose(Runnable closed) {
    socket.closeHandler(v -> closed.run());
  }

  @Override
  public void close() {
    socket.close();
  }
}
