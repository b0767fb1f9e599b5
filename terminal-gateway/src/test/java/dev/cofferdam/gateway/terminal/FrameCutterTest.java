// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.terminal.protocol.BadFrame;
import dev.cofferdam.terminal.protocol.Limits;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCutterTest {
  private final List<Buffer> frames = new ArrayList<>();
  private final FrameCutter cutter = new FrameCutter(frame -> frames.add(frame.copy()));

  private static Buffer framed(Buffer... some) {
    Buffer all = Buffer.buffer();
    for (Buffer frame : some) {
      all.appendInt(frame.length()).appendBuffer(frame);
    }
    return all;
  }

  private static Buffer frame(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  @Test
  void cutsFramesThatArriveTogether() {
    cutter.accept(framed(Buffer.buffer("a"), Buffer.buffer("bcd"), Buffer.buffer("ef")));
    assertThat(frames)
        .containsExactly(Buffer.buffer("a"), Buffer.buffer("bcd"), Buffer.buffer("ef"));
  }

  @Test
  void putsFramesTogetherHoweverTheyArrive() {
    Random random = new Random(7);
    List<Buffer> sent = new ArrayList<>();
    for (int length : new int[] {1, 2, 65_536, 9, 4096, Limits.LARGEST_FRAME_BYTES, 1, 300}) {
      sent.add(frame(length, random));
    }
    Buffer all = framed(sent.toArray(Buffer[]::new));
    for (int round = 0; round < 200; round++) {
      frames.clear();
      for (int at = 0; at < all.length(); ) {
        int end = Math.min(all.length(), at + 1 + random.nextInt(round < 100 ? 40_000 : 100_000));
        cutter.accept(all.slice(at, end));
        at = end;
      }
      assertThat(frames).isEqualTo(sent);
    }
  }

  @Test
  void putsFramesTogetherByteByByte() {
    Buffer all = framed(Buffer.buffer("abc"), Buffer.buffer("d"));
    for (int at = 0; at < all.length(); at++) {
      cutter.accept(all.slice(at, at + 1));
    }
    assertThat(frames).containsExactly(Buffer.buffer("abc"), Buffer.buffer("d"));
  }

  @Test
  void handsAWholeFrameOnWithoutCopyingIt() {
    Buffer chunk = framed(Buffer.buffer("abc"));
    List<Buffer> seen = new ArrayList<>();
    new FrameCutter(seen::add).accept(chunk);
    chunk.setByte(4, (byte) 'x');
    assertThat(seen).containsExactly(Buffer.buffer("xbc"));
  }

  @Test
  void refusesALengthThatNoFrameHas() {
    for (int length : new int[] {0, -1, Limits.LARGEST_FRAME_BYTES + 1, Integer.MIN_VALUE}) {
      FrameCutter fresh = new FrameCutter(frames::add);
      assertThatThrownBy(() -> fresh.accept(Buffer.buffer().appendInt(length)))
          .isInstanceOf(BadFrame.class);
    }
    assertThat(frames).isEmpty();
  }
}
