// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.terminal.protocol.BadFrame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.Limits;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Cuts an agent's bytes into frames by their lengths. A frame that arrived whole is a slice of what
 * arrived; one that did not is put together once. Holds at most one unfinished frame. Handed-out
 * buffers belong to the receiver. One thread at a time.
 */
final class FrameCutter {
  private static final int LENGTH_BYTES = FrameCodec.LENGTH_BYTES;

  private final Consumer<Buffer> frames;
  private int length;
  private int lengthBytesSeen;
  private Buffer unfinished = Buffer.buffer();

  FrameCutter(Consumer<Buffer> frames) {
    this.frames = frames;
  }

  /**
   * @throws BadFrame if a length is 0 or too large: the stream is lost then
   */
  void accept(Buffer chunk) {
    int at = 0;
    while (at < chunk.length()) {
      at = lengthBytesSeen < LENGTH_BYTES ? readLength(chunk, at) : readFrame(chunk, at);
    }
  }

  private int readLength(Buffer chunk, int from) {
    int at = from;
    while (at < chunk.length() && lengthBytesSeen < LENGTH_BYTES) {
      length = length << 8 | chunk.getUnsignedByte(at++);
      lengthBytesSeen++;
    }
    if (lengthBytesSeen == LENGTH_BYTES && (length < 1 || length > Limits.LARGEST_FRAME_BYTES)) {
      throw new BadFrame("a frame has 1 to " + Limits.LARGEST_FRAME_BYTES + " bytes");
    }
    return at;
  }

  private int readFrame(Buffer chunk, int from) {
    boolean nothingYet = unfinished.length() == 0;
    int end = Math.min(chunk.length(), from + length - unfinished.length());
    if (nothingYet && end - from == length) {
      emit(chunk.slice(from, end));
      return end;
    }
    if (nothingYet) {
      unfinished = Buffer.buffer(length);
    }
    unfinished.appendBuffer(chunk, from, end - from);
    if (unfinished.length() == length) {
      emit(unfinished);
    }
    return end;
  }

  private void emit(Buffer frame) {
    length = 0;
    lengthBytesSeen = 0;
    unfinished = Buffer.buffer();
    frames.accept(frame);
  }
}
