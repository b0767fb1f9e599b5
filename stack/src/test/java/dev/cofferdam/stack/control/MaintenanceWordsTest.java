// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaintenanceWordsTest {
  @Test
  void arriveAsTheyWere() {
    for (String notice : List.of("", "A new disk", "für „alle“ 🛠", "字".repeat(200))) {
      MaintenanceWords words = new MaintenanceWords(10080, notice);
      assertThat(words.text()).matches("[ -~]+");
      assertThat(MaintenanceWords.parse(Optional.of(words.text()))).isEqualTo(words);
    }
  }

  @Test
  void whatIsNoPlanIsRefused() {
    for (String text : List.of("", "5", "x eA", "-1 eA", "5 e A", "5 eA=", "5 A")) {
      assertThatThrownBy(() -> MaintenanceWords.parse(Optional.of(text)))
          .as(text)
          .isInstanceOf(StartFailure.class);
    }
    assertThatThrownBy(() -> MaintenanceWords.parse(Optional.empty()))
        .isInstanceOf(StartFailure.class);
  }
}
