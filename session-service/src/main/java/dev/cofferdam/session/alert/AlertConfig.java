// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** When there is an alert, and who else is told; see docs/alerts.md. */
@ConfigMapping(prefix = "coffer.alerts")
public interface AlertConfig {
  /** So many refusals of one, or about one thing, are many; 2 to 10000. */
  @WithDefault("20")
  int manyRefusals();

  /** Within so many minutes; 1 to 60. */
  @WithDefault("5")
  int manyRefusalsMinutes();

  /** Where alerts are posted; https, or http on this machine. */
  Optional<String> webhookUrl();

  /** What they are signed with: whsec_ and 24 to 64 bytes in base64. */
  Optional<String> webhookSecret();
}
