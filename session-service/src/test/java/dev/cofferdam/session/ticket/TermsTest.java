// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.ticket.SettingsCheckTest.Given;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"3600,60", "300,60", "121,60", "120,60", "119,59", "60,30", "2,1", "1,1"})
  void warnAMinuteOrHalfOfTheShortestOfThemBefore(int shortest, int warning) {
    Given timeout = new Given(30, 3600, NONE, 120, 43_200, 45, NONE, OptionalInt.of(shortest));
    Given idle = Given.of(30, shortest, 0, 45);
    for (Given given : List.of(timeout, idle)) {
      LeaseTerms terms = Tickets.terms(given, false);
      assertThat(terms.warn()).isEqualTo(Duration.ofSeconds(warning));
      assertThat(terms.timeouts().command()).isEqualTo(Optional.empty());
    }
  }
}
