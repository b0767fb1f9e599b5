// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void isToldOfAfterAMinuteAndOverOnceItWorks() {
    Lateness lateness = new Lateness(START);
    assertThat(lateness.isTooMuch(START.plusSeconds(59))).isFalse();
    assertThat(lateness.isTooMuch(START.plusSeconds(60))).isTrue();
    lateness.worked(START.plusSeconds(61));
    assertThat(lateness.isTooMuch(START.plusSeconds(120))).isFalse();
    assertThat(lateness.since()).isEqualTo(START.plusSeconds(61));
  }
}
