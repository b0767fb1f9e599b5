// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.secrets;

import java.nio.ByteBuffer;

/**
 * A secret that never enters the Java heap, where a moving collector leaves copies behind that
 * nobody can overwrite. It is read byte by byte, so that no array of it comes to be.
 *
 * <p>Guarantees: {@link #toString()} tells the length only; {@link #close()} overwrites the only
 * copy. Not thread-safe against a concurrent {@link #close()}.
 */
public final class OffHeapSecret implements AutoCloseable {
  private final ByteBuffer bytes;
  private boolean wiped;

  private OffHeapSecret(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies a part of a direct buffer, from one memory outside the heap to another; the caller still
   * has to wipe his own.
   *
   * @param start absolute index of the first byte; the buffer's position is neither read nor moved
   * @throws IllegalArgumentException if the buffer is in the heap: the harm was done before
   * @throws IndexOutOfBoundsException if the part is not within the buffer's limit
   */
  public static OffHeapSecret copyOf(ByteBuffer direct, int start, int lengthBytes) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("this secret is in the heap already");
    }
    ByteBuffer own = ByteBuffer.allocateDirect(lengthBytes);
    // Not in bulk: that goes through wide registers, which a signal writes to a stack.
    for (int i = 0; i < lengthBytes; i++) {
      own.put(i, direct.get(start + i));
    }
    return new OffHeapSecret(own);
  }

  public int lengthBytes() {
    return bytes.capacity();
  }

  /**
   * @param index 0 to {@code lengthBytes() - 1}
   * @throws IllegalStateException after {@link #close()}
   */
  public byte at(int index) {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return bytes.get(index);
  }

  /** Overwrites the bytes; afterwards every use throws {@link IllegalStateException}. */
  @Override
  public void close() {
    wiped = true;
    wipe(bytes);
  }

  /** Overwrites a whole buffer with zeros, whatever its position and limit; leaves it cleared. */
  public static void wipe(ByteBuffer buffer) {
    buffer.clear().put(new byte[buffer.capacity()]).clear();
  }

  @Override
  public String toString() {
    return "OffHeapSecret[" + lengthBytes() + " bytes]";
  }
}
