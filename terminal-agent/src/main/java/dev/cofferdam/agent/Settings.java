// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.settings.KnownSettings;
import java.util.Properties;

/** Which sandbox this is; given by sandbox-host as system properties, nothing of it secret. */
record Settings(SandboxId sandbox, WorkspaceId workspace) {
  /**
   * @throws IllegalArgumentException with one line about what is missing, wrong or not known
   */
  static Settings of(Properties given) {
    requireKnown(given);
    return new Settings(
        SandboxId.parse(required(given, "coffer.sandbox.id")),
        WorkspaceId.parse(required(given, "coffer.workspace.id")));
  }

  /** What else is read of them (CellLimits) is known as well. */
  static void requireKnown(Properties given) {
    KnownSettings.of("terminal-agent")
        .complaint(given.stringPropertyNames())
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(line);
            });
  }

  private static String required(Properties given, String name) {
    String value = given.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("-D" + name + " is missing");
    }
    return value;
  }
}
