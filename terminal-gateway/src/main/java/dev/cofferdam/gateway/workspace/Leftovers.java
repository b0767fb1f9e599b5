// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import dev.cofferdam.gateway.sandbox.RuntimeBack;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Ciphertext whose keys are shredded. What could not be removed is tried again when the runtime is
 * back, while this process lives; nobody can read it meanwhile.
 */
@ApplicationScoped
class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);
  static final int MOST = 1000;

  private final Sandboxes sandboxes;
  private final Set<WorkspaceId> waiting = ConcurrentHashMap.newKeySet();

  Leftovers(Sandboxes sandboxes) {
    this.sandboxes = sandboxes;
  }

  /** Whether it is gone now. */
  boolean remove(WorkspaceId workspace) {
    try {
      sandboxes.destroy(workspace);
      waiting.remove(workspace);
      return true;
    } catch (ProblemException e) {
      LOG.warnf("ciphertext of %s stays for now: %s", workspace, e.problem().slug());
      if (waiting.size() < MOST) {
        waiting.add(workspace);
      }
      return false;
    }
  }

  void tryAgain(@Observes RuntimeBack back) {
    List.copyOf(waiting).forEach(this::remove);
  }
}
