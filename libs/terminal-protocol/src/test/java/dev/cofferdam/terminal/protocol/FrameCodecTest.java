// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
  static Stream<String> names() {
    return GoldenFrames.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void writesTheGoldenBytes(String name) throws IOException {
    assertThat(hex(encoded(name))).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsTheGoldenBytes(String name) throws IOException {
    Frame read = FrameCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(golden(name))));
    assertThat(read).usingRecursiveComparison().isEqualTo(GoldenFrames.all().get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void neverTakesACutFrameForTheWholeOne(String name) {
    byte[] whole = encoded(name);
    Frame original = FrameCodec.decode(ByteBuffer.wrap(whole));
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      try {
        assertThat(FrameCodec.decode(cut)).usingRecursiveComparison().isNotEqualTo(original);
      } catch (BadFrame expected) {
        assertThat(expected).hasMessageNotContaining("h.p.s");
      }
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(new byte[] {4, 0})))
        .isInstanceOf(BadFrame.class);
  }

  @Test
  void refusesSizesOutsideTheLimits() {
    for (String hex : new String[] {"0200000018", "0200500000", "0203e90018", "02005001f5"}) {
      assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
          .isInstanceOf(BadFrame.class);
    }
  }

  @Test
  void refusesMoreTerminalsThanASessionCanHave() {
    for (String hex :
        new String[] {"c4000002450000003c000000130021", "c4000002450000003cffffffff0003"}) {
      assertThatThrownBy(() -> FrameCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
          .isInstanceOf(BadFrame.class);
    }
  }

  @Test
  void takesTheLargestSizeAndInput() {
    FrameCodec.decode(FrameCodec.encode(new ClientFrame.Resize(1000, 500)));
    FrameCodec.decode(FrameCodec.encode(new ClientFrame.Input(new byte[64 * 1024])));
  }

  @Test
  void refusesAnInputAbove64KiB() {
    ByteBuffer frame = FrameCodec.encode(new ClientFrame.Input(new byte[64 * 1024 + 1]));
    assertThatThrownBy(() -> FrameCodec.decode(frame)).isInstanceOf(BadFrame.class);
  }

  @Test
  void answersRandomBytesWithAFrameOrBadFrameAndNothingElse() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        FrameCodec.decode(ByteBuffer.wrap(bytes));
      } catch (BadFrame expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void printsNoTicketAndNoToken() {
    for (Frame frame : GoldenFrames.all().values()) {
      assertThat(frame.toString()).doesNotContain("h.p.s").doesNotContain("hvs.once");
    }
  }

  private static byte[] encoded(String name) {
    ByteBuffer buffer = FrameCodec.encode(GoldenFrames.all().get(name));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = FrameCodecTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
      assertThat(in).as("golden/%s.hex", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }
}
