// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import java.nio.ByteBuffer;

/**
 * Frames to bytes and back. Stateless; every buffer it returns is fresh and belongs to the caller.
 */
public final class FrameCodec {
  /** Bytes of the length that precedes a frame on a Unix socket. */
  public static final int LENGTH_BYTES = 4;

  private FrameCodec() {}

  /** Type and payload, ready to be read: one WebSocket message. */
  public static ByteBuffer encode(Frame frame) {
    return FrameWriter.encode(frame);
  }

  /** The same with its u32 length in front: what goes over the agent's socket. */
  public static ByteBuffer encodeWithLength(Frame frame) {
    ByteBuffer body = FrameWriter.encode(frame);
    return ByteBuffer.allocate(LENGTH_BYTES + body.remaining())
        .putInt(body.remaining())
        .put(body)
        .flip();
  }

  /**
   * Reads exactly one frame from position to limit; the buffer's position does not move.
   *
   * @throws BadFrame if it is anything but one whole frame
   */
  public static Frame decode(ByteBuffer frame) {
    return FrameReader.decode(frame);
  }
}
