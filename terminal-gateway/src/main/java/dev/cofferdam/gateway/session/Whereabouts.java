// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds the box of an open session, also one that another gateway has opened. Blocks. */
@ApplicationScoped
public class Whereabouts {
  private static final Logger LOG = Logger.getLogger(Whereabouts.class);

  private final OpenSessions open;
  private final Adoption adoption;

  Whereabouts(OpenSessions open, Adoption adoption) {
    this.open = open;
    this.adoption = adoption;
  }

  /**
   * Empty if no box of it runs, or nobody can say.
   *
   * @param id of a session that session-service says is open, so that nobody can have us look in
   *     vain
   */
  public Optional<OpenSession> find(SessionId id) {
    Optional<OpenSession> known = open.find(id);
    if (known.isPresent()) {
      return known;
    }
    try {
      adoption.lookAround();
    } catch (ProblemException e) {
      LOG.debugf("%s is not found yet: %s", id, e.problem().slug());
    }
    return open.find(id);
  }

  /**
   * Whether one of this person's sessions is open in the workspace, by the boxes that run: for whom
   * session-service does not list sessions.
   *
   * @throws ProblemException 503 if nobody can say
   */
  public boolean isOpen(UserId user, WorkspaceId workspace) {
    adoption.lookAround();
    return open.all().stream()
        .anyMatch(s -> s.user().equals(user) && s.workspace().equals(workspace));
  }
}
