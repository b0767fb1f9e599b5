// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that could renew a lease hangs, as on a machine that is paged out or stopped by hand. */
class FrozenIT {
  private static final int LEASE_SECONDS = 6;

  /** The lease, and five more until nothing is left. */
  private static final Duration LONGEST = Duration.ofSeconds(LEASE_SECONDS + 5);

  @Test
  void everyPartFrozenTheSandboxLocksItself() {
    try (Coffer coffer =
        Coffer.up(
            "session-service:coffer.session.lease-seconds=" + LEASE_SECONDS,
            "terminal-gateway:coffer.lease.every=2s")) {
      ApiClient owner = ApiClient.signedIn(coffer);
      owner.unlock(owner.createWorkspace("frozen"));
      Sandbox sandbox = Sandbox.of(coffer);
      List<Long> parts = new ArrayList<>();
      parts.add(coffer.supervisor());
      for (Coffer.Part part : coffer.parts()) {
        parts.add(part.pid());
      }
      long[] frozen = parts.stream().mapToLong(Long::longValue).toArray();
      Processes.signal("STOP", frozen);
      try {
        assertThat(sandbox.isGone()).isFalse();
        Await.until("the sandbox to have locked itself", LONGEST, sandbox::isGone);
      } finally {
        Processes.signal("CONT", frozen);
      }
      Await.until(
          "known as locked",
          Duration.ofSeconds(60),
          () -> owner.send(owner.get("/api/sessions")).text().equals("[]"));
    }
  }
}
