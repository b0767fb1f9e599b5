// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.tokenkeys.KnownSignIns.State;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownSignInsTest {
  private static final UUID SIGN_IN = UUID.randomUUID();
  private static final long NOW = 1_000_000_000_000L;

  private final KnownSignIns known = new KnownSignIns();

  @Test
  void asksOnceAboutOneThatIsNew() {
    assertThat(known.state(SIGN_IN, true, NOW)).isEqualTo(State.UNKNOWN);
    assertThat(known.holds(SIGN_IN, NOW, true)).isTrue();
    assertThat(known.state(SIGN_IN, true, NOW + 1)).isEqualTo(State.HOLDS);
  }

  @Test
  void anEndThatIsToldBeforeTheAnswerComesCounts() {
    known.ended(SIGN_IN);
    assertThat(known.holds(SIGN_IN, NOW, true)).isFalse();
    assertThat(known.state(SIGN_IN, true, NOW)).isEqualTo(State.OVER);
  }

  @Test
  void asksAgainTwiceASecondWhileNobodyHearsOfEnds() {
    known.holds(SIGN_IN, NOW, true);
    long later = NOW + KnownSignIns.HOLDS_UNHEARD_NANOS;
    assertThat(known.state(SIGN_IN, false, later - 1)).isEqualTo(State.HOLDS);
    assertThat(known.state(SIGN_IN, false, later)).isEqualTo(State.UNKNOWN);
    assertThat(known.state(SIGN_IN, true, later)).isEqualTo(State.HOLDS);
  }

  @Test
  void anAnswerFromBeforeEndsWereHeardOfDoesNotLast() {
    known.holds(SIGN_IN, NOW, false);
    long later = NOW + KnownSignIns.HOLDS_UNHEARD_NANOS;
    assertThat(known.state(SIGN_IN, true, later)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void asksAgainAfterTheLifeOfAToken() {
    known.holds(SIGN_IN, NOW, true);
    assertThat(known.state(SIGN_IN, true, NOW + KnownSignIns.HOLDS_NANOS)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void whatIsForgottenForWantOfRoomIsAskedFor() {
    known.ended(SIGN_IN);
    for (int i = 0; i < KnownSignIns.MOST; i++) {
      known.ended(UUID.randomUUID());
      known.holds(UUID.randomUUID(), NOW, true);
    }
    assertThat(known.state(SIGN_IN, true, NOW)).isEqualTo(State.UNKNOWN);
    known.holds(UUID.randomUUID(), NOW, true);
    assertThat(known.size()).isEqualTo(2 * KnownSignIns.MOST);
  }
}
