// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often somebody may try to sign in. */
@ConfigMapping(prefix = "coffer.sign-in")
public interface SignInConfig {
  /**
   * Of one network or at one account, and how much a network shows that is no good; 1 to 1000000.
   * Thousands are for tests.
   */
  @WithDefault("120")
  int triesInAMinute();

  /** So many failures cost no time; 1 to 1000000. Thousands are for tests. */
  @WithDefault("20")
  int freeFailures();
}
