// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.limit.SignInConfig;
import dev.cofferdam.gateway.session.LeaseConfig;
import dev.cofferdam.gateway.terminal.TerminalConfig;
import dev.cofferdam.gateway.workspace.LeftoverConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key, its default, and a typo. */
class SettingsTest {
  private static <T> T read(Class<T> mapping, Map<String, String> given) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(mapping);
    given.forEach(builder::withDefaultValue);
    return builder.build().getConfigMapping(mapping);
  }

  @Test
  void haveDefaultsThatAreInRange() {
    LeaseConfig lease = read(LeaseConfig.class, Map.of());
    LeftoverConfig leftovers = read(LeftoverConfig.class, Map.of());
    TerminalConfig terminal = read(TerminalConfig.class, Map.of());
    SignInConfig signIn = read(SignInConfig.class, Map.of());
    assertThat(lease.every()).isEqualTo(Duration.ofSeconds(10));
    assertThat(leftovers.every()).isEqualTo(Duration.ofSeconds(60));
    assertThat(terminal.mostSocketsOfAUser()).isEqualTo(2048);
    assertThat(terminal.patienceSeconds()).isEqualTo(30);
    assertThat(terminal.silenceSeconds()).isEqualTo(20);
    assertThat(signIn.triesInAMinute()).isEqualTo(120);
    assertThat(signIn.freeFailures()).isEqualTo(20);
    SettingsCheck.check(lease);
    SettingsCheck.check(leftovers);
    SettingsCheck.check(terminal);
    SettingsCheck.check(signIn);
  }

  @Test
  void areReadByTheirKeys() {
    assertThat(read(LeaseConfig.class, Map.of("coffer.lease.every", "2s")).every())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(read(LeftoverConfig.class, Map.of("coffer.leftovers.every", "PT5M")).every())
        .isEqualTo(Duration.ofMinutes(5));
    TerminalConfig terminal =
        read(
            TerminalConfig.class,
            Map.of(
                "coffer.terminal.most-sockets-of-a-user", "3",
                "coffer.terminal.patience-seconds", "4",
                "coffer.terminal.silence-seconds", "5"));
    assertThat(terminal.mostSocketsOfAUser()).isEqualTo(3);
    assertThat(terminal.patienceSeconds()).isEqualTo(4);
    assertThat(terminal.silenceSeconds()).isEqualTo(5);
    SignInConfig signIn =
        read(
            SignInConfig.class,
            Map.of("coffer.sign-in.tries-in-a-minute", "6", "coffer.sign-in.free-failures", "7"));
    assertThat(signIn.triesInAMinute()).isEqualTo(6);
    assertThat(signIn.freeFailures()).isEqualTo(7);
  }

  /** The scheduler would take these for never. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "disabled", "soon"})
  void takeNoWordForATime(String word) {
    assertThatThrownBy(() -> read(LeaseConfig.class, Map.of("coffer.lease.every", word)))
        .hasMessageContaining("coffer.lease.every");
  }

  @Test
  void areRefusedWithATypo() {
    assertThatThrownBy(() -> read(LeaseConfig.class, Map.of("coffer.lease.evry", "2s")))
        .hasMessageContaining("coffer.lease.evry");
  }
}
