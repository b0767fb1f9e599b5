// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often sandboxes are told that they may keep their key. */
@ConfigMapping(prefix = "coffer.lease")
public interface LeaseConfig {
  /** One second to ten: a third of a lease, so that two may be lost. */
  @WithDefault("10s")
  Duration every();
}
