// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedlesTest {
  private static final int CHUNK = 1 << 20;

  private final byte[] key = random(32);
  private final Needles needles = new Needles().addKey(key);

  @Test
  void findsAKeyAtEveryAlignment() {
    for (int at = 0; at < 16; at++) {
      byte[] hay = random(100);
      System.arraycopy(key, 0, hay, at, key.length);
      assertThat(needles.in(hay)).as("at %d", at).containsExactly("raw");
    }
  }

  @Test
  void findsItAcrossTheBorderOfTwoReads(@TempDir Path folder) throws Exception {
    for (int at = CHUNK - 40; at <= CHUNK + 8; at += 3) {
      byte[] hay = random(CHUNK + 4096);
      System.arraycopy(key, 0, hay, at, key.length);
      Path file = Files.write(folder.resolve("hay"), hay);
      assertThat(needles.in(file)).as("at %d", at).containsExactly("raw");
    }
  }

  @Test
  void findsItAtTheVeryEnd(@TempDir Path folder) throws Exception {
    byte[] hay = random(77);
    System.arraycopy(key, 0, hay, hay.length - key.length, key.length);
    assertThat(needles.in(Files.write(folder.resolve("hay"), hay))).containsExactly("raw");
  }

  @Test
  void findsItWrittenDown() {
    String hex = HexFormat.of().formatHex(key);
    assertThat(needles.in(bytes("key=" + hex + ";"))).containsExactly("hex");
    assertThat(needles.in(bytes("{\"k\":\"" + Base64.getEncoder().encodeToString(key) + "\"}")))
        .contains("base64");
  }

  @Test
  void findsNothingWhereNothingIs() {
    byte[] almost = key.clone();
    almost[31] ^= 1;
    assertThat(needles.in(almost)).isEmpty();
    assertThat(needles.in(random(100_000))).isEmpty();
    assertThat(needles.in(new byte[0])).isEmpty();
  }

  @Test
  void refusesWhatIsTooShortToBeFound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Needles().addText("short", "fourteen bytes"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7 + length).nextBytes(bytes);
    return bytes;
  }
}
