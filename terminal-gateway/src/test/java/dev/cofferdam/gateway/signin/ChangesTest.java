// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private final Changes changes = new Changes();

  @Test
  void concernWhoAskedBeforeTheyWereTold() {
    long before = changes.soFar();
    changes.of("somebody");
    assertThat(changes.since(before, List.of("a key", "somebody"))).isTrue();
    assertThat(changes.since(changes.soFar(), List.of("somebody"))).isFalse();
  }

  @Test
  void concernNobodyElse() {
    long before = changes.soFar();
    changes.of("somebody");
    assertThat(changes.since(before, List.of("somebody else"))).isFalse();
  }

  @Test
  void areNoMoreThanTheirBoundAndNoneIsMissedForThat() {
    long first = changes.soFar();
    changes.of("somebody");
    long second = changes.soFar();
    for (int i = 0; i < Changes.MOST; i++) {
      changes.of(i);
    }
    assertThat(changes.since(first, List.of("somebody"))).isTrue();
    assertThat(changes.since(first, List.of("never told of"))).as("may have been").isTrue();
    assertThat(changes.since(second, List.of("never told of"))).isFalse();
  }
}
