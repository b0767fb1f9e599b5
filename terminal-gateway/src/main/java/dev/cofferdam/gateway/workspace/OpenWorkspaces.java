// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.gateway.session.SessionPart;
import dev.cofferdam.gateway.session.Whereabouts;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether a workspace is open this moment. workspace-service hears of it by events, maybe late. */
@ApplicationScoped
class OpenWorkspaces {
  private final SessionPart sessions;
  private final Whereabouts boxes;

  OpenWorkspaces(SessionPart sessions, Whereabouts boxes) {
    this.sessions = sessions;
    this.boxes = boxes;
  }

  /**
   * What is somebody else's counts as locked: nobody learns of it here.
   *
   * @throws ProblemException 409 if it is open, 503 if nobody can say
   */
  void requireLocked(Visitor visitor, WorkspaceId workspace) {
    if (isOpen(visitor, workspace)) {
      throw new ProblemException(
          Problem.of("workspace-open", 409, "The workspace is open", "Lock it first."));
    }
  }

  /** session-service tells whoever may list theirs; for a key that may not, the boxes tell. */
  private boolean isOpen(Visitor visitor, WorkspaceId workspace) {
    Access access = visitor.access();
    return access.may(Action.SESSION_LIST, Resource.of(Kind.SESSION, access.user()))
        ? sessions.isOpen(visitor.token(Audience.SESSION), workspace)
        : boxes.isOpen(access.user(), workspace);
  }
}
