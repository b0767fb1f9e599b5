// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputQueueTest {
  @Test
  void keepsAtMostAMebibyte() throws InterruptedException {
    InputQueue queue = new InputQueue();
    for (int i = 0; i < 16; i++) {
      assertThat(queue.offer(new byte[64 * 1024])).isTrue();
    }
    assertThat(queue.offer(new byte[1])).isFalse();

    queue.take();
    assertThat(queue.offer(new byte[1])).isTrue();
  }

  @Test
  void keepsABoundOfPiecesToo() {
    InputQueue queue = new InputQueue();
    for (int i = 0; i < InputQueue.MOST_PIECES; i++) {
      assertThat(queue.offer(new byte[1])).isTrue();
    }
    assertThat(queue.offer(new byte[1])).isFalse();
  }

  @Test
  void endsItsReaderOnceClosedAndEmpty() throws InterruptedException {
    InputQueue queue = new InputQueue();
    queue.offer(new byte[] {1});
    queue.close();

    assertThat(queue.take()).containsExactly(1);
    assertThat(queue.take()).isEmpty();
  }
}
