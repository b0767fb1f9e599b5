// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Changes bytes as parsers hate it; the same seed makes the same changes. */
public final class Mutator {
  private static final int[] LENGTHS = {0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fffffff, 0x80000000, -1};
  private final Random random;

  public Mutator(long seed) {
    random = new Random(seed);
  }

  /** At random: 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A copy with one to three changes; what has 8 bytes or less stays as it is. */
  public byte[] change(byte[] original) {
    byte[] bytes = original.clone();
    for (int change = 0; change <= random.nextInt(3) && bytes.length > 8; change++) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> set(bytes, at, (byte) random.nextInt());
            case 2 -> length(bytes, random.nextInt(bytes.length - 3));
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> splice(bytes, at, at + random.nextInt(bytes.length - at), new byte[0]);
            case 5 -> splice(bytes, at, at, new byte[] {(byte) random.nextInt()});
            default -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at / 2, at));
          };
    }
    return bytes;
  }

  private static byte[] set(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private byte[] length(byte[] bytes, int at) {
    int value = LENGTHS[random.nextInt(LENGTHS.length)];
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * (3 - i));
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, from);
    spliced.writeBytes(middle);
    spliced.write(bytes, to, bytes.length - to);
    return spliced.toByteArray();
  }
}
