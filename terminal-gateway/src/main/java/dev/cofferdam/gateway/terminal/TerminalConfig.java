// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of terminal sockets. */
@ConfigMapping(prefix = "coffer.terminal")
public interface TerminalConfig {
  /**
   * Sockets of one person at once, over all browsers; 1 to 16384 (64 boxes, 32 terminals, 8 views).
   */
  @WithDefault("2048")
  int mostSocketsOfAUser();

  /** A browser that takes no output for so long loses its socket; seconds, 1 to 600. */
  @WithDefault("30")
  int patienceSeconds();

  /**
   * A browser of which nothing comes for so long, although it is asked, loses its socket; seconds,
   * 1 to 120. Less than ten are for tests.
   */
  @WithDefault("20")
  int silenceSeconds();
}
