// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OffHeapSecretTest {
  private static ByteBuffer direct(String text) {
    return ByteBuffer.allocateDirect(text.length()).put(text.getBytes(US_ASCII));
  }

  @Test
  void copiesTheWantedPartAndKeepsItWhenTheSourceIsWiped() {
    ByteBuffer source = direct("{\"hunter2\"}");
    try (OffHeapSecret secret = OffHeapSecret.copyOf(source, 2, 7)) {
      OffHeapSecret.wipe(source);
      assertThat(source.get(3)).isZero();
      assertThat(secret.lengthBytes()).isEqualTo(7);
      assertThat(secret.at(0)).isEqualTo((byte) 'h');
      assertThat(secret.at(6)).isEqualTo((byte) '2');
    }
  }

  @Test
  void refusesUseAfterClose() {
    OffHeapSecret secret = OffHeapSecret.copyOf(direct("hunter2"), 0, 7);
    secret.close();
    assertThatThrownBy(() -> secret.at(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesWhatIsInTheHeapAndWhatIsNotThere() {
    ByteBuffer heap = ByteBuffer.wrap("hunter2".getBytes(US_ASCII));
    assertThatThrownBy(() -> OffHeapSecret.copyOf(heap, 0, 7))
        .isInstanceOf(IllegalArgumentException.class);
    ByteBuffer source = direct("hunter2");
    assertThatThrownBy(() -> OffHeapSecret.copyOf(source, 1, 7))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void printsItsLengthOnly() {
    assertThat(OffHeapSecret.copyOf(direct("hunter2"), 0, 7)).hasToString("OffHeapSecret[7 bytes]");
  }
}
