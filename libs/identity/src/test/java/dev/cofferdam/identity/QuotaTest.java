// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
  @Test
  void isReadAsItIsWritten() {
    for (Quota quota :
        new Quota[] {
          new Quota(0, 0, 0),
          new Quota(3, 2, 5_000_000_000L),
          new Quota(Quota.MOST_WORKSPACES, Quota.MOST_SESSIONS, Quota.MOST_BYTES)
        }) {
      assertThat(Quota.parse(quota.text())).isEqualTo(quota);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 2",
        "1 2 3 4",
        "-1 2 3",
        "1001 1 1",
        "1 65 1",
        "1 1 1125899906842625",
        "a b c"
      })
  void nothingElseIsAQuota(String text) {
    assertThatThrownBy(() -> Quota.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
