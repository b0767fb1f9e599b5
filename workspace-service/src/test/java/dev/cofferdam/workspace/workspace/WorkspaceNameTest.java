// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.problems.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A b",
        "my-project_2.0",
        "Füße",
        "日本語",
        "Ελλάδα",
        "हिन्दी",
        "١٢٣",
        "a.b",
        "-",
        "...",
        "𝒜bc",
        "1234567890123456789012345678901234567890123456789012345678901234"
      })
  void takes(String name) {
    assertThat(WorkspaceName.require(name).text()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\tb",
        "a\nb",
        "a\u0000b",
        "a/b",
        "a\\b",
        "a<b",
        "a\"b",
        "a'b",
        "a:b",
        "a\u202Eb",
        "a\u200Fb",
        "a\u2066b",
        "a\u200Db",
        "a\u00A0b",
        "a\u3000b",
        "a\u2028b",
        "a😀b",
        "u\u0308",
        "\uD800",
        "a\uFEFF",
        "a\u00ADb",
        "a½",
        "\u3164",
        "a\u3164b",
        "\u115Fa",
        "a\u1160b",
        "a\uFFA0b",
        "a\u034Fb",
        "a\uFE0F",
        "a\uDB40\uDD00b",
        "a\u180Bb",
        "\u0301a",
        "\u0903a",
        "a\uD800b",
        "a\uDC00",
        "Ⅷ",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void refuses(String name) {
    assertThatThrownBy(() -> WorkspaceName.require(name)).isInstanceOf(ProblemException.class);
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> WorkspaceName.require(null)).isInstanceOf(ProblemException.class);
  }

  @Test
  void countsCharactersAndNotHalvesOfThem() {
    assertThat(WorkspaceName.require("𝒜".repeat(64)).text()).hasSize(128);
    assertThatThrownBy(() -> WorkspaceName.require("𝒜".repeat(65)))
        .isInstanceOf(ProblemException.class);
  }
}
