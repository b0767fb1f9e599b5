// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import dev.cofferdam.gateway.sandbox.RuntimeBack;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.gateway.session.SessionPart;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Ciphertext whose keys are shredded. workspace-service remembers what is not known to be gone, so
 * it is tried again until it is, whoever died in between; nobody can read it meanwhile.
 */
@ApplicationScoped
class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  private final Sandboxes sandboxes;
  private final WorkspacePart workspaces;
  private final SessionPart sessions;

  Leftovers(Sandboxes sandboxes, WorkspacePart workspaces, SessionPart sessions) {
    this.sessions = sessions;
    this.sandboxes = sandboxes;
    this.workspaces = workspaces;
  }

  /** Whether it is gone now. */
  boolean remove(WorkspaceId workspace) {
    try {
      sandboxes.destroy(workspace);
    } catch (ProblemException e) {
      LOG.warnf("ciphertext of %s stays for now: %s", workspace, e.problem().slug());
      return false;
    }
    try {
      // That one last: as long as it has not heard, both are told again.
      sessions.cleared(workspace);
      workspaces.cleared(workspace);
    } catch (ProblemException e) {
      LOG.debugf("removed once more later: %s", e.problem().slug());
    }
    return true;
  }

  @Scheduled(
      every = "${coffer.leftovers.every:60s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void removeAll() {
    try {
      workspaces.leftovers().forEach(this::remove);
    } catch (ProblemException e) {
      LOG.debugf("leftovers are looked for later: %s", e.problem().slug());
    }
  }

  void tryAgain(@Observes RuntimeBack back) {
    removeAll();
  }
}
