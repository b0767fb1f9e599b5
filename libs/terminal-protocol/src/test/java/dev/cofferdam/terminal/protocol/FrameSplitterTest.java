// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameSplitterTest {
  @Test
  void findsTheSameFramesHoweverTheStreamIsCut() {
    List<Frame> sent = new ArrayList<>(GoldenFrames.all().values());
    sent.add(new AgentFrame.Output(9, new byte[60_000]));
    byte[] stream = stream(sent);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      assertThat(stream(split(stream, random))).isEqualTo(stream);
    }
  }

  @Test
  void refusesALengthOfZeroAndOneTooLarge() {
    for (int length : new int[] {0, -1, Limits.LARGEST_FRAME_BYTES + 1}) {
      ByteBuffer bytes = ByteBuffer.allocate(4).putInt(length).flip();
      assertThatThrownBy(() -> new FrameSplitter().accept(bytes, frame -> {}))
          .isInstanceOf(BadFrame.class);
    }
  }

  @Test
  void tellsTooBigFromBad() {
    assertThat(codeFor(Limits.LARGEST_FRAME_BYTES + 1)).isEqualTo(CloseCode.TOO_BIG);
    assertThat(codeFor(Integer.MAX_VALUE)).isEqualTo(CloseCode.TOO_BIG);
    assertThat(codeFor(0)).isEqualTo(CloseCode.BAD_FRAME);
    assertThat(codeFor(-1)).isEqualTo(CloseCode.BAD_FRAME);
  }

  private static CloseCode codeFor(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(4).putInt(length).flip();
    return catchThrowableOfType(
            BadFrame.class, () -> new FrameSplitter().accept(bytes, frame -> {}))
        .closeCode();
  }

  @Test
  void answersRandomStreamsWithFramesOrBadFrameAndNothingElse() {
    Random random = new Random(13);
    for (int round = 0; round < 20_000; round++) {
      FrameSplitter splitter = new FrameSplitter();
      try {
        for (int piece = 0; piece < 10; piece++) {
          byte[] bytes = new byte[random.nextInt(30)];
          random.nextBytes(bytes);
          // Small lengths now and then, so that frames come about.
          for (int at = 0; at + 3 < bytes.length; at += 1 + random.nextInt(8)) {
            bytes[at] = bytes[at + 1] = bytes[at + 2] = 0;
          }
          splitter.accept(ByteBuffer.wrap(bytes), FrameCodec::decode);
        }
      } catch (BadFrame expected) {
        assertThat(expected.closeCode()).isIn(CloseCode.BAD_FRAME, CloseCode.TOO_BIG);
      }
    }
  }

  private static List<Frame> split(byte[] stream, Random random) {
    FrameSplitter splitter = new FrameSplitter();
    List<Frame> found = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      int length =
          Math.min(1 + random.nextInt(random.nextBoolean() ? 5 : 9000), stream.length - at);
      splitter.accept(
          ByteBuffer.wrap(stream, at, length), frame -> found.add(FrameCodec.decode(frame)));
      at += length;
    }
    return found;
  }

  private static byte[] stream(List<Frame> frames) {
    ByteBuffer all = ByteBuffer.allocate(200_000);
    frames.forEach(frame -> all.put(FrameCodec.encodeWithLength(frame)));
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes);
    return bytes;
  }
}
