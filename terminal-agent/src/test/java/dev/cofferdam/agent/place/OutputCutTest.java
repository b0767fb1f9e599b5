// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept of output begins and ends whole. */
class OutputCutTest {
  private static final String LONG = "x".repeat(OutputCut.MOST_BYTES);

  private static String cut(String all) {
    return new String(OutputCut.last(all.getBytes(UTF_8), true), UTF_8);
  }

  @Test
  void keepsAllThatIsShort() {
    assertThat(cut("a\r\ngrüß \u001b[1mb")).isEqualTo("a\r\ngrüß \u001b[1mb");
  }

  @Test
  void beginsWithALine() {
    assertThat(cut("first\nsecond\n" + "y".repeat(OutputCut.MOST_BYTES - 10)))
        .isEqualTo("second\n" + "y".repeat(OutputCut.MOST_BYTES - 10));
  }

  @Test
  void doesNotBeginInsideASequence() {
    String kept = LONG.substring(20) + "\n";
    String title = "\u001b]2;a\n" + "t".repeat(20) + "\u0007\n";

    assertThat(cut("z".repeat(50) + title + kept.substring(10))).isEqualTo(kept.substring(10));
  }

  @Test
  void beginsAndEndsWithWholeCharactersWhereThereIsNoLine() {
    String euros = "€".repeat(OutputCut.MOST_BYTES);
    byte[] all = (euros + "€").getBytes(UTF_8);
    byte[] half = java.util.Arrays.copyOf(all, all.length - 1);

    String kept = new String(OutputCut.last(half, true), UTF_8);

    assertThat(kept.replace("€", "")).isEmpty();
    assertThat(kept.length()).isBetween(OutputCut.MOST_BYTES / 3 - 2, OutputCut.MOST_BYTES / 3);
  }

  @Test
  void leavesOutASequenceThatIsNotOver() {
    assertThat(cut("text\u001b[38;5")).isEqualTo("text");
    assertThat(cut("text\u001b]2;a title")).isEqualTo("text");
    assertThat(cut("text\u001b")).isEqualTo("text");
  }

  @Test
  void leavesTheAlternateScreenAtItsEnd() {
    assertThat(cut("$ vim\r\n\u001b[?1049h~\r\n")).endsWith("~\r\n\u001b[?1049l");
    assertThat(cut("$ vim\r\n\u001b[?1049h~\u001b[?1049l$ ")).endsWith("l$ ");
  }

  @Test
  void entersTheAlternateScreenWhereTheCutFallsIntoIt() {
    String drawn = ("~".repeat(99) + "\n").repeat(3000);

    assertThat(cut("$ vim\n\u001b[?1049h" + drawn)).startsWith("\u001b[?1049h~").endsWith("1049l");
    assertThat(cut("\u001b[?1047h" + drawn + "\u001b[?1047l$ ")).startsWith("\u001b[?1047h~");
    assertThat(cut("\u001b[?1049h~\u001b[?1049l" + drawn)).startsWith("~").endsWith("~\n");
  }

  @Test
  void isBoundedAndNeverFails() {
    java.util.Random random = new java.util.Random(25);
    for (int length : new int[] {0, 1, 7, 8, 9, 4096, 2 * 1024 * 1024}) {
      byte[] all = new byte[length];
      random.nextBytes(all);
      assertThat(OutputCut.last(all, false).length)
          .isLessThanOrEqualTo(PlaceCodec.MOST_OUTPUT_BYTES);
    }
  }
}
