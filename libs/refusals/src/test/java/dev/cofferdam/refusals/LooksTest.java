// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Look LOOK = new Look("people.list", "", UserId.random(), "SHA256:abc");

  private final Looks looks = new Looks();

  @Test
  void isToldOnceInAMinute() {
    assertThat(looks.isTold(LOOK, NOW)).isFalse();
    looks.tell(LOOK, NOW);

    assertThat(looks.isTold(LOOK, NOW.plusMillis(59_999))).isTrue();
    assertThat(looks.isTold(LOOK, NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void whatIsLookedAtWithAnotherKeyIsAnotherLook() {
    looks.tell(LOOK, NOW);

    assertThat(looks.isTold(new Look(LOOK.what(), "", LOOK.by(), "another"), NOW)).isFalse();
    assertThat(looks.isTold(new Look(LOOK.what(), "somebody", LOOK.by(), "SHA256:abc"), NOW))
        .isFalse();
  }

  @Test
  void aClockThatIsSetBackHidesNothing() {
    looks.tell(LOOK, NOW);

    assertThat(looks.isTold(LOOK, NOW.minusSeconds(1))).isFalse();
  }

  @Test
  void forgetsTheOldestForWantOfRoom() {
    looks.tell(LOOK, NOW);
    for (int i = 0; i < Looks.MOST; i++) {
      looks.tell(new Look("people.list", Integer.toString(i), LOOK.by(), ""), NOW);
    }

    assertThat(looks.isTold(LOOK, NOW)).isFalse();
    assertThat(looks.isTold(new Look("people.list", "1", LOOK.by(), ""), NOW)).isTrue();
  }
}
