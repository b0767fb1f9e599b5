// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.identity.SandboxId;
import java.time.Instant;

/**
 * Refusals, a JSON line each on standard error, for whoever looks into sandbox-host's log; tickets
 * among them are told of with the next lease too. No secrets.
 */
public final class SecurityRecord {
  private final SandboxId sandbox;

  SecurityRecord(SandboxId sandbox) {
    this.sandbox = sandbox;
  }

  /** Both words are ours: lower-case letters, digits, hyphens and underscores. */
  public void write(String what, String why) {
    System.err.println(
        "{\"security\":\""
            + what
            + "\",\"reason\":\""
            + why
            + "\",\"sandboxId\":\""
            + sandbox
            + "\",\"at\":\""
            + Instant.now()
            + "\"}");
  }
}
