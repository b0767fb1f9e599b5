// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.settings;

import dev.cofferdam.gateway.limit.SignInConfig;
import dev.cofferdam.gateway.session.LeaseConfig;
import dev.cofferdam.gateway.terminal.TerminalConfig;
import dev.cofferdam.gateway.workspace.LeftoverConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops the start, before anything else happens, if a setting is out of its range. */
@ApplicationScoped
class SettingsCheck {
  private static final int FIRST = 1;

  /** 64 boxes, 32 terminals, 8 views. */
  private static final int MOST_SOCKETS = 16_384;

  private static final int LONGEST_PATIENCE = 600;
  private static final int LONGEST_SILENCE = 120;
  private static final int MOST_TRIES = 1_000_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration A_THIRD_OF_A_LEASE = Duration.ofSeconds(10);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  void check(
      @Observes @Priority(FIRST) StartupEvent event,
      LeaseConfig lease,
      LeftoverConfig leftovers,
      TerminalConfig terminal,
      SignInConfig signIn) {
    check(lease);
    check(leftovers);
    check(terminal);
    check(signIn);
  }

  /**
   * @throws ConfigurationException with a line that names the key and its range, as all of them
   */
  static void check(LeaseConfig lease) {
    require("lease.every", lease.every(), A_THIRD_OF_A_LEASE);
  }

  static void check(LeftoverConfig leftovers) {
    require("leftovers.every", leftovers.every(), AN_HOUR);
  }

  static void check(TerminalConfig terminal) {
    require("terminal.most-sockets-of-a-user", terminal.mostSocketsOfAUser(), MOST_SOCKETS, "");
    require("terminal.patience-seconds", terminal.patienceSeconds(), LONGEST_PATIENCE, " seconds");
    require("terminal.silence-seconds", terminal.silenceSeconds(), LONGEST_SILENCE, " seconds");
  }

  static void check(SignInConfig signIn) {
    require("sign-in.tries-in-a-minute", signIn.triesInAMinute(), MOST_TRIES, "");
    require("sign-in.free-failures", signIn.freeFailures(), MOST_TRIES, "");
  }

  private static void require(String key, int given, int highest, String unit) {
    if (given < 1 || given > highest) {
      throw new ConfigurationException(
          "coffer.%s is %d: it takes 1 to %d%s".formatted(key, given, highest, unit));
    }
  }

  private static void require(String key, Duration given, Duration longest) {
    if (given.compareTo(SHORTEST) < 0 || given.compareTo(longest) > 0) {
      throw new ConfigurationException(
          "coffer.%s is %s: it takes %s to %s".formatted(key, given, SHORTEST, longest));
    }
  }
}
