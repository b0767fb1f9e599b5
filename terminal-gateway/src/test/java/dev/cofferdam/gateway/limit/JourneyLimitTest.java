// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

class JourneyLimitTest {
  private static final String HERE = "192.0.2.1";

  private final TimeMeter still =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return 1;
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  @Test
  void journeysOfOneNetworkAreLimitedApartFromTriesAndFromOthers() {
    SignInLimits limits = new SignInLimits(still, Tries.IN_A_MINUTE, Tries.FREE_FAILURES);
    for (int i = 0; i < Tries.IN_A_MINUTE; i++) {
      assertThat(limits.beginJourney(HERE)).isEmpty();
    }
    assertThat(limits.beginJourney(HERE)).isPresent();
    assertThat(limits.begin(HERE)).isEmpty();
    assertThat(limits.beginJourney("198.51.100.1")).isEmpty();
  }

  @Test
  void areCountedHoweverTheyAreAskedFor() {
    String path = "/api/sign-in/providers/corp";
    assertThat(LimitedRoutes.isJourney("GET", path)).isTrue();
    assertThat(LimitedRoutes.isJourney("HEAD", path)).isTrue();
    assertThat(LimitedRoutes.isJourney("POST", path + "/backchannel-logout")).isFalse();
    assertThat(LimitedRoutes.isJourney("GET", "/api/sign-in/methods")).isFalse();
  }
}
