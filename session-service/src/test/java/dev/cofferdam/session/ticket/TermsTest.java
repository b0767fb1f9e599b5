// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.ticket.SettingsCheckTest.Given;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is set is what agents are told. */
class TermsTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  @Test
  void haveNoTimeoutsUnlessTheyAreSet() {
    LeaseTerms terms = Tickets.terms(Given.of(30, 600, 0, 45), false);
    assertThat(terms.timeouts()).isEqualTo(Timeouts.NONE);
    assertThat(terms.warn()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void haveTheTimeoutsThatAreSet() {
    LeaseTerms terms = Tickets.terms(Given.of(1, OptionalInt.of(120), OptionalInt.of(3600)), true);
    assertThat(terms.timeouts().command()).contains(Duration.ofMinutes(2));
    assertThat(terms.timeouts().mount()).contains(Duration.ofHours(1));
    assertThat(terms.idle()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void warnATenthBeforeTheShortestOfThem() {
    Given given = new Given(30, 600, NONE, 120, 43_200, 45, NONE, OptionalInt.of(120));
    assertThat(Tickets.terms(given, false).warn()).isEqualTo(Duration.ofSeconds(12));
    assertThat(Tickets.terms(given, false).timeouts().command()).isEqualTo(Optional.empty());
  }
}
