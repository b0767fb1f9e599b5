// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static void fail(String why) {
    throw new IllegalStateException(why);
  }

  @Test
  void takesEachAndTellsTheFirstThatFailed() {
    List<String> taken = new ArrayList<>();
    Steps steps = new Steps();
    steps.take(() -> taken.add("first"));
    steps.take(() -> fail("not revoked"));
    steps.take(() -> fail("not sealed"));
    steps.take(() -> taken.add("last"));

    assertThat(taken).containsExactly("first", "last");
    assertThatThrownBy(steps::throwWhatFailed)
        .hasMessage("not revoked")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void takesTheLastAlsoBehindAnError() {
    List<String> taken = new ArrayList<>();
    OutOfMemoryError same = new OutOfMemoryError("none left");
    Steps steps = new Steps();
    for (int i = 0; i < 2; i++) {
      steps.take(
          () -> {
            throw same;
          });
    }
    steps.take(() -> taken.add("last"));

    assertThat(taken).containsExactly("last");
    assertThatThrownBy(steps::throwWhatFailed).isSameAs(same);
  }

  @Test
  void throwsNothingWhereNoneFailed() {
    Steps steps = new Steps();
    steps.take(() -> {});
    steps.throwWhatFailed();
  }
}
