// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScrollbackTest {
  private static final int CAPACITY = 64 * 1024;

  @Test
  void keepsTheLastBytesWhateverTheirPieces() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      Scrollback scrollback = new Scrollback(CAPACITY);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int piece = 0; piece < 40; piece++) {
        byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : CAPACITY)];
        random.nextBytes(bytes);
        scrollback.append(ByteBuffer.wrap(bytes));
        all.writeBytes(bytes);
        assertHolds(scrollback, all.toByteArray());
      }
    }
  }

  private static void assertHolds(Scrollback scrollback, byte[] all) {
    assertThat(scrollback.head()).isEqualTo(all.length);
    int oldest = (int) scrollback.oldest();
    assertThat(all.length - oldest).isLessThanOrEqualTo(CAPACITY);
    if (all.length >= CAPACITY) {
      assertThat(all.length - oldest).isEqualTo(CAPACITY);
    } else {
      assertThat(oldest).isZero();
    }
    ByteBuffer copy = ByteBuffer.allocate(all.length - oldest);
    scrollback.copy(oldest, copy.capacity(), copy);
    assertThat(Arrays.equals(copy.array(), Arrays.copyOfRange(all, oldest, all.length))).isTrue();
  }
}
