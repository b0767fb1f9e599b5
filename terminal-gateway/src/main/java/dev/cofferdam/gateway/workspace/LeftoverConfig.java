// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often it is looked for ciphertext of workspaces that were deleted. */
@ConfigMapping(prefix = "coffer.leftovers")
public interface LeftoverConfig {
  /** One second to an hour. */
  @WithDefault("60s")
  Duration every();
}
