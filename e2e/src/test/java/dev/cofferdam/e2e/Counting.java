// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A program that writes a numbered line every 20 ms, and what a page shows of it. */
record Counting(Person person, int lines) {
  private static final Pattern NUMBERED = Pattern.compile("^n(\\d+)$", Pattern.MULTILINE);

  /** On an empty screen. */
  static Counting begin(Person person, int lines) {
    person.clear();
    person.enter("for i in $(seq 1 " + lines + "); do echo n$i; sleep 0.02; done");
    person.awaitText("\nn3\n");
    return new Counting(person, lines);
  }

  /** Waits for the last of them: nothing is missing, and nothing there twice. */
  void assertWhole(Duration longest) {
    person.awaitScreen("the last line", longest, text -> text.contains("\nn" + lines + "\n"));
    List<Integer> seen =
        NUMBERED
            .matcher(person.text())
            .results()
            .map((MatchResult found) -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(seen)
        .as("each line once, in order")
        .isEqualTo(IntStream.rangeClosed(1, lines).boxed().toList());
  }
}
