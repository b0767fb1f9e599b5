// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long sandboxes may hold their key without being told anything. */
@ConfigMapping(prefix = "coffer.session")
public interface SessionConfig {
  /** A sandbox whose lease was not renewed for so long locks itself; seconds, 1 to 30. */
  @WithDefault("30")
  int leaseSeconds();

  /** Without a keystroke for so long it locks itself; seconds, 1 to 3600. */
  @WithDefault("600")
  int idleSeconds();

  /** A session that nobody renewed for so long is over; seconds, above the lease. */
  @WithDefault("45")
  int forgottenSeconds();
}
