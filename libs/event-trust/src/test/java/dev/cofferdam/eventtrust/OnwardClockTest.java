// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OnwardClockTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private Instant wall = BEGIN;

  /** Begins anywhere, and its number may overflow. */
  private long nanos = Long.MAX_VALUE - 5;

  private final OnwardClock clock = new OnwardClock(() -> wall, () -> nanos);

  /** Time goes by for both clocks. */
  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void isTheWallClockWhereNobodySetsThat() {
    pass(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(wall);
    assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(300));
  }

  @Test
  void goesOnWhereTheWallClockIsSetBack() {
    wall = BEGIN.minus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(BEGIN);
    pass(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(300));
  }

  @Test
  void isSetForthWithTheWallClockAndGoesOnFromThere() {
    wall = BEGIN.plus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(wall);
    wall = BEGIN;
    pass(Duration.ofSeconds(7));
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(Duration.ofHours(1)).plusSeconds(7));
  }

  @Test
  void remembersATimeThatWasLookedAtAndNoOther() {
    wall = BEGIN.plus(Duration.ofHours(2));
    wall = BEGIN.plus(Duration.ofHours(1));
    clock.look();
    wall = BEGIN;
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(Duration.ofHours(1)));
  }

  @Test
  void staysAheadHoweverLongTheWallClockIsRight() {
    wall = BEGIN.plus(Duration.ofHours(1));
    clock.look();
    wall = BEGIN;
    pass(Duration.ofDays(100));
    assertThat(clock.instant()).isEqualTo(wall.plus(Duration.ofHours(1)));
  }

  @Test
  void isAheadByADayAtMost() {
    wall = BEGIN.plus(Duration.ofDays(4000));
    assertThat(clock.instant()).isEqualTo(wall);
    wall = BEGIN;
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(Duration.ofDays(1)));
    pass(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(Duration.ofHours(25)));
    pass(Duration.ofDays(1000));
    assertThat(clock.instant()).isEqualTo(wall.plus(Duration.ofDays(1)));
  }
}
