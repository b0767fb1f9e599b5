// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @Test
  void readsWhatItWrote() {
    SessionId id = SessionId.random();
    assertThat(SessionId.parse(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "../../../../../../../../etc/passwd00",
        "3B241101-E2BB-4255-8CAF-4136C566A962",
        "3b241101-e2bb-4255-8caf-4136c566a962 ",
        "3b241101e2bb42558caf4136c566a9620000"
      })
  void refusesEveryOtherSpelling(String text) {
    assertThatThrownBy(() -> WorkspaceId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
