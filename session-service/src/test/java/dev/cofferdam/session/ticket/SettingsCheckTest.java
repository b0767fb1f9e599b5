// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
  record Given(
      int leaseSeconds,
      int idleSeconds,
      OptionalInt warnSeconds,
      int awaySeconds,
      int longestSeconds,
      int forgottenSeconds,
      OptionalInt commandTimeoutSeconds,
      OptionalInt mountTimeoutSeconds)
      implements SessionConfig {
    /** A warning of 0 stands for none given. */
    static Given of(int lease, int idle, int warn, int forgotten) {
      OptionalInt warning = warn == 0 ? OptionalInt.empty() : OptionalInt.of(warn);
      return new Given(
          lease, idle, warning, 120, 43_200, forgotten, OptionalInt.empty(), OptionalInt.empty());
    }

    /** With timeouts, and a warning. */
    static Given of(int warn, OptionalInt command, OptionalInt mount) {
      return new Given(30, 600, OptionalInt.of(warn), 120, 43_200, 45, command, mount);
    }
  }

  @ParameterizedTest
  @CsvSource({"30,600,0,45", "1,60,1,2", "30,3600,300,600", "30,1,1,31"})
  void takesWhatIsInRange(int lease, int idle, int warn, int forgotten) {
    assertThatCode(() -> SettingsCheck.check(Given.of(lease, idle, warn, forgotten)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|600|60|45|lease-seconds is 0: it takes 1 to 30 seconds",
        "31|600|60|45|lease-seconds is 31: it takes 1 to 30 seconds",
        "30|0|60|45|idle-seconds is 0: it takes 1 to 3600 seconds",
        "30|3601|60|45|idle-seconds is 3601: it takes 1 to 3600 seconds",
        "30|600|-1|45|warn-seconds is -1: it takes 1 to 300 seconds",
        "30|20|21|45|warn-seconds is 21: it takes 1 to 20 seconds",
        "30|600|60|30|forgotten-seconds is 30: it takes 31 to 600 seconds",
      })
  void namesKeyAndRangeOfWhatIsNot(int lease, int idle, int warn, int forgotten, String line) {
    assertThatThrownBy(() -> SettingsCheck.check(Given.of(lease, idle, warn, forgotten)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coffer.session." + line);
  }

  @Test
  void namesKeyAndRangeOfTheLongerOnes() {
    OptionalInt none = OptionalInt.empty();
    assertThatThrownBy(
            () -> SettingsCheck.check(new Given(30, 600, none, 3601, 43_200, 45, none, none)))
        .hasMessage("coffer.session.away-seconds is 3601: it takes 1 to 3600 seconds");
    assertThatThrownBy(
            () -> SettingsCheck.check(new Given(30, 600, none, 120, 604_801, 45, none, none)))
        .hasMessage("coffer.session.longest-seconds is 604801: it takes 1 to 604800 seconds");
  }

  @Test
  void takesTimeoutsOfASecondToAnHour() {
    for (int seconds : new int[] {1, 3600}) {
      OptionalInt given = OptionalInt.of(seconds);
      assertThatCode(() -> SettingsCheck.check(Given.of(1, given, given)))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60|0|60|command-timeout-seconds is 0: it takes 1 to 3600 seconds",
        "60|3601|60|command-timeout-seconds is 3601: it takes 1 to 3600 seconds",
        "60|60|0|mount-timeout-seconds is 0: it takes 1 to 3600 seconds",
        "60|60|3601|mount-timeout-seconds is 3601: it takes 1 to 3600 seconds",
        "60|59|60|warn-seconds is 60: it takes 1 to 59 seconds",
        "60|60|59|warn-seconds is 60: it takes 1 to 59 seconds",
      })
  void namesKeyAndRangeOfATimeout(int warn, int command, int mount, String line) {
    Given given = Given.of(warn, OptionalInt.of(command), OptionalInt.of(mount));
    assertThatThrownBy(() -> SettingsCheck.check(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("coffer.session." + line);
  }

  @Test
  void warnsAsUsualWhereNothingIsSaid() {
    assertThatCode(() -> SettingsCheck.check(Given.of(30, 600, 0, 45))).doesNotThrowAnyException();
  }
}
