// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import java.util.List;
import java.util.Set;

/**
 * Where boxes come from. Every method blocks for at most some seconds and throws {@link
 * ProblemException} with {@code unavailable} when the runtime does not answer. Exits are told as
 * CDI events of {@link BoxExited}, a new connection as {@link RuntimeBack}.
 */
public interface Sandboxes {
  /**
   * A box for this workspace; its agent may not listen yet.
   *
   * @throws ProblemException with the runtime's own word when it refuses
   */
  Box start(WorkspaceId workspace);

  /** The workspace may be opened soon. */
  void warm(WorkspaceId workspace);

  /**
   * Boxes that were handed out and run.
   *
   * @param attended those that a gateway has started that is still there: it may be opening them
   */
  record Running(List<Box> boxes, Set<SandboxId> attended) {
    public Running {
      boxes = List.copyOf(boxes);
      attended = Set.copyOf(attended);
    }
  }

  Running running();

  /**
   * What each of them takes of its host now; one that can't be measured is missing. Takes a second
   * at most, also from a runtime that is too old to know it.
   */
  List<BoxUse> measure();

  /** Returns when the box is gone, also if it was gone before. */
  void end(SandboxId sandbox);

  /** Removes a workspace's ciphertext. */
  void destroy(WorkspaceId workspace);
}
