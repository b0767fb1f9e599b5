// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.auth.sshkey.NewKey;
import dev.cofferdam.problems.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE8sWB0bX4bS4mZ0uyzL1mnY5Hq0bqSx8a5h0qJmY9sN";

  @ParameterizedTest
  @ValueSource(
      strings = {"ada@laptop", "gr\u00fcn 7 (old)", "\u0627\u062f\u0627", "k \ud83c\udf33", "=1+1"})
  void is(String text) {
    assertThat(VisibleText.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\nb",
        "a\u0000b",
        "a\u009bb",
        "a\u00a0b",
        "a\u00adb",
        "a\u034fb",
        "\u0301a",
        "a\u061cb",
        "\u1160",
        "a\u180eb",
        "\u200b",
        "a\u200db",
        "a\u202eb",
        "a\u2028b",
        "a\u2066b",
        "\u2800",
        "\u3164",
        "\ue000",
        "a\ufe0fb",
        "a\ufeffb",
        "\ud800",
        "a\udb40\udc41",
      })
  void isNot(String text) {
    assertThat(VisibleText.is(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u202eb", "\u200b", "\u3164", "a\ud800"})
  void noKeyIsCalledSo(String name) {
    assertThatThrownBy(() -> NewKey.read(name, KEY))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("invalid-field");
  }

  @Test
  void aCommentThatIsTooLongIsCutBetweenCharacters() {
    String comment = "c".repeat(99) + "\ud83c\udf33" + "d";
    assertThat(NewKey.read("", KEY + " " + comment).name()).isEqualTo("c".repeat(99));
  }
}
