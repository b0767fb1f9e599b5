// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleSnifferTest {
  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static String titleAfter(String... outputs) {
    TitleSniffer sniffer = new TitleSniffer();
    for (String output : outputs) {
      byte[] bytes = output.getBytes(UTF_8);
      sniffer.accept(direct(bytes));
    }
    return sniffer.title();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ]0;one\u0007,one
          ]2;vim – ä\u001b\\,vim – ä
          ]1;icon only\u0007,''
          ]8;;http://x\u0007,''
          ]0;a\u0007 text ]2;b\u0007,a
          """)
  void findsTitles(String afterEscape, String title) {
    assertThat(titleAfter("text \u001b" + afterEscape)).isEqualTo(title);
  }

  @Test
  void findsATitleInPieces() {
    assertThat(titleAfter("\u001b", "]", "2", ";gr\u00fc", "\u00df", "\u0007")).isEqualTo("grüß");
  }

  @Test
  void dropsControlAndDirectionCharactersAndKeepsABound() {
    assertThat(titleAfter("\u001b]0;a\u202eb\u0001c\r\n\u0007")).isEqualTo("abc");
    assertThat(titleAfter("\u001b]0;" + "x".repeat(100_000) + "\u0007")).isEqualTo("x".repeat(256));
  }

  @Test
  void takesAnyBytes() {
    Random random = new Random(5);
    TitleSniffer sniffer = new TitleSniffer();
    byte[] bytes = new byte[4096];
    for (int round = 0; round < 500; round++) {
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length; at += 50) {
        bytes[at] = "\u001b]02;\u0007".getBytes(UTF_8)[random.nextInt(6)];
      }
      sniffer.accept(direct(bytes));
      assertThat(sniffer.title().length()).isLessThanOrEqualTo(256);
    }
  }
}
