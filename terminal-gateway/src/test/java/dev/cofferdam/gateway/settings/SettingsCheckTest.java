// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.limit.SignInConfig;
import dev.cofferdam.gateway.session.LeaseConfig;
import dev.cofferdam.gateway.terminal.TerminalConfig;
import dev.cofferdam.gateway.workspace.LeftoverConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
  record Lease(Duration every) implements LeaseConfig {}

  record Leftovers(Duration every) implements LeftoverConfig {}

  record Terminal(int mostSocketsOfAUser, int patienceSeconds, int silenceSeconds)
      implements TerminalConfig {}

  record SignIn(int triesInAMinute, int freeFailures) implements SignInConfig {}

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT10S"})
  void takesLeasesAThirdOfTheirLengthApartOrLess(Duration every) {
    assertThatCode(() -> SettingsCheck.check(new Lease(every))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT10.001S", "PT1H", "PT-1S"})
  void refusesOthers(Duration every) {
    assertThatThrownBy(() -> SettingsCheck.check(new Lease(every)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("coffer.lease.every is " + every + ": it takes PT1S to PT10S");
  }

  @Test
  void looksForLeftoversOnceAnHourAtLeast() {
    assertThatCode(() -> SettingsCheck.check(new Leftovers(Duration.ofHours(1))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SettingsCheck.check(new Leftovers(Duration.ofMinutes(61))))
        .hasMessage("coffer.leftovers.every is PT1H1M: it takes PT1S to PT1H");
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2048,30,20", "16384,600,120"})
  void takesBoundsOfSocketsThatAreInRange(int most, int patience, int silence) {
    assertThatCode(() -> SettingsCheck.check(new Terminal(most, patience, silence)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|30|20|most-sockets-of-a-user is 0: it takes 1 to 16384",
        "16385|30|20|most-sockets-of-a-user is 16385: it takes 1 to 16384",
        "20|0|20|patience-seconds is 0: it takes 1 to 600 seconds",
        "20|601|20|patience-seconds is 601: it takes 1 to 600 seconds",
        "20|30|0|silence-seconds is 0: it takes 1 to 120 seconds",
        "20|30|121|silence-seconds is 121: it takes 1 to 120 seconds",
      })
  void namesKeyAndRangeOfWhatIsNot(int most, int patience, int silence, String line) {
    assertThatThrownBy(() -> SettingsCheck.check(new Terminal(most, patience, silence)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("coffer.terminal." + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|20|tries-in-a-minute is 0: it takes 1 to 1000000",
        "1000001|20|tries-in-a-minute is 1000001: it takes 1 to 1000000",
        "120|-1|free-failures is -1: it takes 1 to 1000000",
      })
  void namesKeyAndRangeOfLimitsOfSigningIn(int tries, int failures, String line) {
    assertThatThrownBy(() -> SettingsCheck.check(new SignIn(tries, failures)))
        .hasMessage("coffer.sign-in." + line);
  }
}
