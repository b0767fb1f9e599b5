// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import java.nio.ByteBuffer;

/**
 * The last bytes of a terminal's output, addressed by their absolute offset. A ring that grows up
 * to its capacity, so that a quiet terminal costs little. Not thread-safe.
 */
final class Scrollback {
  private static final int FIRST_BYTES = 16 * 1024;

  private final int capacity;
  private byte[] ring = new byte[FIRST_BYTES];
  private long head;

  /** Capacity in bytes, a power of two, at least 16 KiB. */
  Scrollback(int capacity) {
    this.capacity = capacity;
  }

  /** The offset after the last byte. */
  long head() {
    return head;
  }

  /** The offset of the oldest byte that is still there. */
  long oldest() {
    return Math.max(0, head - ring.length);
  }

  /** Takes what remains in {@code bytes}, at most the capacity; their position does not move. */
  void append(ByteBuffer bytes) {
    int length = bytes.remaining();
    grow(length);
    int at = (int) (head & (ring.length - 1));
    int first = Math.min(length, ring.length - at);
    bytes.get(bytes.position(), ring, at, first);
    bytes.get(bytes.position() + first, ring, 0, length - first);
    head += length;
  }

  /** Copies bytes from this retained offset on; {@code into} must have that much room. */
  void copy(long offset, int length, ByteBuffer into) {
    int at = (int) (offset & (ring.length - 1));
    int first = Math.min(length, ring.length - at);
    into.put(ring, at, first);
    into.put(ring, 0, length - first);
  }

  byte at(long offset) {
    return ring[(int) (offset & (ring.length - 1))];
  }

  private void grow(int length) {
    int size = ring.length;
    while (size < capacity && size < head + length) {
      size *= 2;
    }
    if (size == ring.length) {
      return;
    }
    // Nothing was overwritten yet: before the capacity is reached, head never exceeds the size.
    byte[] larger = new byte[size];
    System.arraycopy(ring, 0, larger, 0, (int) head);
    ring = larger;
  }
}
