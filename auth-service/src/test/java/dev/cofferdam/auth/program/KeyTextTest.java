// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  @RepeatedTest(50)
  void isWellFormedAndNoLongerSoWithAnyCharacterChanged() {
    String key = KeyText.fresh();
    assertThat(key).matches("coffer_[0-9A-Za-z]{49}");
    assertThat(KeyText.isWellFormed(key)).isTrue();
    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'x' ? 'y' : 'x';
      String changed = key.substring(0, i) + other + key.substring(i + 1);
      assertThat(KeyText.isWellFormed(changed)).as("character %d", i).isFalse();
    }
    assertThat(KeyText.isWellFormed(key + "0")).isFalse();
    assertThat(KeyText.isWellFormed(key.substring(1))).isFalse();
    assertThat(KeyText.isWellFormed(key + "\n")).isFalse();
  }

  @Test
  void isNeverTheSame() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      keys.add(KeyText.fresh());
    }
    assertThat(keys).hasSize(1000);
  }
}
