// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes as parsers hate it; the same seed makes the same changes. */
final class Mutator {
  private static final int[] LENGTHS = {0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fffffff, 0x80000000, -1};
  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  byte[] change(byte[] original) {
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
    return new WireOut()
        .raw(Arrays.copyOf(bytes, from))
        .raw(middle)
        .raw(Arrays.copyOfRange(bytes, to, bytes.length))
        .toBytes();
  }
}
