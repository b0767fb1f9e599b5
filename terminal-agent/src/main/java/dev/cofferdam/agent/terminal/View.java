// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameType;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * One attached client: how far it was sent output and how far it has acknowledged it.
 *
 * <p>Output is cut from the terminal's scrollback when it can be sent, so a view holds at most one
 * unfinished frame and a few small ones. All methods are called under the terminal's lock.
 */
public final class View {
  private static final int OUTPUT_HEADER_BYTES = FrameCodec.LENGTH_BYTES + 1 + Long.BYTES;
  private static final int MOST_SMALL_FRAMES = 64;

  /** Output goes out through one buffer a thread: a PTY's reader or a connection's. */
  private static final ThreadLocal<ByteBuffer> OUTPUT =
      ThreadLocal.withInitial(
          () -> ByteBuffer.allocateDirect(OUTPUT_HEADER_BYTES + Limits.LARGEST_OUTPUT_BYTES));

  private final ViewWire wire;
  private final Queue<ByteBuffer> smallFrames = new ArrayDeque<>();
  private ByteBuffer unfinished = ByteBuffer.allocate(0);
  private long sent;
  private long acknowledged;
  private OptionalInt exitCode = OptionalInt.empty();
  private boolean closing;
  private boolean closed;

  View(ViewWire wire) {
    this.wire = wire;
  }

  void startAt(long offset) {
    sent = offset;
    acknowledged = offset;
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Ignores an offset that lies back or was never sent. */
  void acknowledge(long offset) {
    if (offset > acknowledged && offset <= sent) {
      acknowledged = offset;
    }
  }

  /** Queues a frame behind what is being sent. A view that lets 64 of them wait is dead. */
  void send(Frame frame) {
    if (smallFrames.size() >= MOST_SMALL_FRAMES) {
      drop();
      return;
    }
    smallFrames.add(FrameCodec.encodeWithLength(frame));
  }

  /** Says why, then ends the connection once that was sent; output ends here. */
  void close(CloseCode code) {
    if (closing) {
      return;
    }
    send(new AgentFrame.Closed(code.code(), code.reason()));
    closing = true;
  }

  /** Nobody need wait for it any more. */
  boolean isClosing() {
    return closing || closed;
  }

  /** The program has ended: said behind the last of its output, and then the view ends too. */
  void exited(int code) {
    exitCode = OptionalInt.of(code);
  }

  /** Ends the connection at once. */
  void drop() {
    closed = true;
    wire.close();
  }

  /** Sends what can be sent now. */
  void pump(Scrollback scrollback) {
    if (closed) {
      return;
    }
    try {
      while (flush() && !closing && (sendOutput(scrollback) || sayExit(scrollback))) {
        // Until the wire takes no more, the window is full or all was sent.
      }
      if (closing && !unfinished.hasRemaining() && smallFrames.isEmpty()) {
        drop();
      }
    } catch (IOException e) {
      drop();
    }
  }

  private boolean sayExit(Scrollback scrollback) {
    if (exitCode.isEmpty() || sent < scrollback.head()) {
      return false;
    }
    send(new AgentFrame.Exited(exitCode.getAsInt()));
    close(CloseCode.EXITED);
    return true;
  }

  private boolean flush() throws IOException {
    while (write(unfinished)) {
      if (smallFrames.isEmpty()) {
        return true;
      }
      unfinished = smallFrames.remove();
    }
    return false;
  }

  private boolean write(ByteBuffer bytes) throws IOException {
    if (bytes.hasRemaining()) {
      wire.write(bytes);
    }
    if (bytes.hasRemaining()) {
      wire.wantWritable();
      return false;
    }
    return true;
  }

  private boolean sendOutput(Scrollback scrollback) throws IOException {
    long window = acknowledged + Limits.WINDOW_BYTES - sent;
    int length =
        (int) Math.min(Math.min(scrollback.head() - sent, window), Limits.LARGEST_OUTPUT_BYTES);
    if (length <= 0) {
      return false;
    }
    ByteBuffer frame = OUTPUT.get().clear();
    frame.putInt(1 + Long.BYTES + length).put(FrameType.OUTPUT.code()).putLong(sent);
    scrollback.copy(sent, length, frame);
    sent += length;
    frame.flip();
    wire.write(frame);
    if (frame.hasRemaining()) {
      unfinished = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
      wire.wantWritable();
      return false;
    }
    return true;
  }
}
