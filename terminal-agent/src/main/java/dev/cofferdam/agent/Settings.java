// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;

/** Which sandbox this is; given by sandbox-host as system properties, nothing of it secret. */
record Settings(SandboxId sandbox, WorkspaceId workspace) {
  static Settings fromProperties() {
    return new Settings(
        SandboxId.parse(required("coffer.sandbox.id")),
        WorkspaceId.parse(required("coffer.workspace.id")));
  }

  private static String required(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("-D" + name + " is missing");
    }
    return value;
  }
}
