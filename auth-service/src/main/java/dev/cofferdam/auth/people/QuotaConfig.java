// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a person may have where nothing else was set for them. */
@ConfigMapping(prefix = "coffer.quota")
public interface QuotaConfig {
  /** Workspaces; 0 to 1000. */
  @WithDefault("100")
  int workspaces();

  /** Sessions at once; 0 to 64. */
  @WithDefault("16")
  int openSessions();

  /** Bytes of ciphertext, 100 GiB; 0 to 2^50. */
  @WithDefault("107374182400")
  long bytes();
}
