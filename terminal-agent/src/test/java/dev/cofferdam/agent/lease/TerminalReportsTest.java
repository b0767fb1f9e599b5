// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportsTest {
  private static boolean are(String input) {
    return TerminalReports.are(input.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\033[?1;2c",
        "\033[>0;276;0c",
        "\033[0n",
        "\033[12;40R",
        "\033[?12;40R",
        "\033[?2026;2$y",
        "\033[4;2$y",
        "\033P1$r0m\033\\",
        "\033[I",
        "\033[O",
        "\033[?1;2c\033[0n\033[1;1R"
      })
  void areWhatATerminalAnswersByItself(String input) {
    assertThat(are(input)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "\r",
        "\003",
        "\033",
        "\033[A",
        "\033OA",
        "\033[3~",
        "\033[1;5C",
        "\033[<0;10;10M",
        "\033[200~0n\033[201~",
        "\033[0nx",
        "x\033[0n",
        "\033c",
        "\033[OA",
        "é"
      })
  void areNotWhatSomebodyTyped(String input) {
    assertThat(are(input)).isFalse();
  }

  @Test
  void areFoundInTheLongestInputWithoutDelay() {
    assertThat(are("\033[0n".repeat(16_000))).isTrue();
    assertThat(are("\033[0n".repeat(16_000) + "x")).isFalse();
    assertThat(are("\033P" + "1".repeat(60_000))).isFalse();
  }
}
