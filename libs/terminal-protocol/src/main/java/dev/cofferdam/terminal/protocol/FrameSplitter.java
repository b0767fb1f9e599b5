// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into length-prefixed frames.
 *
 * <p>Holds at most one unfinished frame. One per connection, one thread at a time.
 */
public final class FrameSplitter {
  private ByteBuffer pending = ByteBuffer.allocate(4096);

  /**
   * Takes all of {@code chunk}; each finished frame (without its length) is lent to {@code sink}
   * for the time of the call.
   *
   * @throws BadFrame if a length is 0 or above {@link Limits#LARGEST_FRAME_BYTES}; the stream is
   *     lost
   */
  public void accept(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
    while (chunk.hasRemaining()) {
      if (pending.position() == 0 && emitWhole(chunk, sink)) {
        continue;
      }
      fill(chunk);
      emitPending(sink);
    }
  }

  private boolean emitWhole(ByteBuffer chunk, Consumer<ByteBuffer> sink) {
    if (chunk.remaining() < FrameCodec.LENGTH_BYTES) {
      return false;
    }
    int length = requireLength(chunk.getInt(chunk.position()));
    if (chunk.remaining() < FrameCodec.LENGTH_BYTES + length) {
      return false;
    }
    int start = chunk.position() + FrameCodec.LENGTH_BYTES;
    sink.accept(chunk.slice(start, length));
    chunk.position(start + length);
    return true;
  }

  private void fill(ByteBuffer chunk) {
    int wanted = wantedBytes();
    if (pending.capacity() < wanted) {
      pending = ByteBuffer.allocate(wanted).put(pending.flip());
    }
    int take = Math.min(wanted - pending.position(), chunk.remaining());
    pending.put(chunk.slice(chunk.position(), take));
    chunk.position(chunk.position() + take);
  }

  private int wantedBytes() {
    if (pending.position() < FrameCodec.LENGTH_BYTES) {
      return FrameCodec.LENGTH_BYTES;
    }
    return FrameCodec.LENGTH_BYTES + requireLength(pending.getInt(0));
  }

  private void emitPending(Consumer<ByteBuffer> sink) {
    if (pending.position() < FrameCodec.LENGTH_BYTES || pending.position() < wantedBytes()) {
      return;
    }
    int length = pending.position() - FrameCodec.LENGTH_BYTES;
    sink.accept(pending.slice(FrameCodec.LENGTH_BYTES, length));
    pending.clear();
  }

  private static int requireLength(int length) {
    if (length > Limits.LARGEST_FRAME_BYTES) {
      throw new BadFrame(CloseCode.TOO_BIG, "a frame has 1 to 65600 bytes");
    }
    if (length < 1) {
      throw new BadFrame("a frame has 1 to 65600 bytes");
    }
    return length;
  }
}
