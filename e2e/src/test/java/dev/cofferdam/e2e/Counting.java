// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A program that for a while writes a line every 20 ms or so, each with its number and its second,
 * and what a page shows of it. How many there are is said by the last: a busy machine makes fewer.
 */
record Counting(Person person) {
  private static final Pattern NUMBERED = Pattern.compile("^n(\\d+) (\\d+)$", Pattern.MULTILINE);
  private static final Pattern ALL = Pattern.compile("^all=(\\d+)=$", Pattern.MULTILINE);

  /** The longest that it may seem to have stood still: scheduling, on a machine that is busy. */
  private static final int LONGEST_STILL_SECONDS = 10;

  /** On an empty screen. */
  static Counting begin(Person person, Duration time) {
    person.clear();
    person.enter(
        "i=0; SECONDS=0; while [ $SECONDS -lt "
            + time.toSeconds()
            + " ]; do i=$((i+1)); echo n$i $SECONDS; sleep 0.02; done; echo all=$i=");
    person.awaitText("\nn3 ");
    return new Counting(person);
  }

  /** Waits for the last of them: nothing is missing, nothing there twice, and it never waited. */
  void assertWhole(Duration longest) {
    person.awaitScreen("the last line", longest, text -> ALL.matcher(text).find());
    String text = person.text();
    Matcher all = ALL.matcher(text);
    assertThat(all.find()).isTrue();
    List<MatchResult> seen = NUMBERED.matcher(text).results().toList();
    assertThat(seen.stream().map(line -> Integer.valueOf(line.group(1))))
        .as("each line once, in order")
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, Integer.parseInt(all.group(1))).boxed().toList());
    int before = 0;
    for (MatchResult line : seen) {
      int second = Integer.parseInt(line.group(2));
      assertThat(second - before).as(line.group()).isBetween(0, LONGEST_STILL_SECONDS);
      before = second;
    }
  }
}
