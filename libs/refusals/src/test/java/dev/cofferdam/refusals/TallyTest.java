// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Refusal WRONG_KEY =
      Refusal.of("ssh-key-refused", "key-unknown").from("192.0.2.7", "Firefox");

  private final Tally tally = new Tally();

  @Test
  void tellsTheFirstAtOnceWithAllThatIsKnown() {
    UserId user = UserId.random();
    tally.add(WRONG_KEY.about("an-id").by(user).with("SHA256:x"), START);

    List<Tally.Told> told = tally.due(START);

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().userAgent()).isEqualTo("Firefox");
    SecurityEvent.Refused event = told.getFirst().event();
    assertThat(event.what()).isEqualTo("ssh-key-refused");
    assertThat(event.why()).isEqualTo("key-unknown");
    assertThat(event.subject()).isEqualTo("an-id");
    assertThat(event.asker().user()).contains(user);
    assertThat(event.asker().credential()).isEqualTo("SHA256:x");
    assertThat(event.asker().address()).isEqualTo("192.0.2.7");
    assertThat(event.at()).isEqualTo(START);
    assertThat(event.count()).isEqualTo(1);
  }

  @Test
  void tellsWhatFollowsOnceAMinuteWithItsNumber() {
    tally.add(WRONG_KEY, START);
    tally.due(START);
    for (int second = 1; second < 60; second++) {
      tally.add(WRONG_KEY, START.plusSeconds(second));
      assertThat(tally.due(START.plusSeconds(second))).isEmpty();
    }

    List<Tally.Told> told = tally.due(START.plusSeconds(60));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().event().count()).isEqualTo(59);
    assertThat(told.getFirst().event().at()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void forgetsWhoDoesNotComeBack() {
    tally.add(WRONG_KEY, START);
    tally.due(START);

    assertThat(tally.due(START.plusSeconds(61))).isEmpty();
    assertThat(tally.size()).isZero();
  }

  @Test
  void countsAddressesOfOneNetworkTogether() {
    Refusal refusal = Refusal.of("ticket-refused", "unknown");
    tally.add(refusal.from("2001:db8:0:7::1", ""), START);
    tally.add(refusal.from("2001:db8::7:ab:0:0:2", ""), START);
    tally.add(refusal.from("2001:db8:0:8::1", ""), START);

    assertThat(tally.due(START)).hasSize(2);
  }

  @Test
  void aFloodFromEverywhereIsCountedAndNoLongerTakenApart() {
    int tries = 20_000;
    IntStream.range(0, tries)
        .mapToObj(i -> WRONG_KEY.from("10.%d.%d.1".formatted(i / 256, i % 256), ""))
        .forEach(refusal -> tally.add(refusal, START));

    List<Tally.Told> told = tally.due(START);

    assertThat(told).hasSize(Tally.MOST + 1);
    assertThat(tally.size()).isEqualTo(Tally.MOST + 1);
    assertThat(told.stream().mapToInt(t -> t.event().count()).sum()).isEqualTo(tries);
  }

  @Test
  void oneNetworkHidesNobodyElse() {
    IntStream.range(0, 2000)
        .mapToObj(i -> WRONG_KEY.about("account-" + i))
        .forEach(refusal -> tally.add(refusal, START));
    tally.add(WRONG_KEY.from("198.51.100.1", ""), START);

    List<Tally.Told> told = tally.due(START);

    assertThat(told).hasSize(Tally.MOST_OF_ONE_NETWORK + 2);
    assertThat(told).anyMatch(t -> t.event().asker().address().equals("198.51.100.1"));
  }

  @Test
  void takesNoMoreOfAStrangersWordsThanItSays() {
    Refusal refusal = WRONG_KEY.from("a\nb", "x".repeat(1000));

    assertThat(refusal.asker().address()).isEqualTo("ab");
    assertThat(refusal.userAgent()).hasSize(Refusal.LONGEST);
  }
}
