// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;

/** What a gateway may ask; {@code id} is chosen by the asker and comes back in the answer. */
public sealed interface HostRequest {
  long id();

  /**
   * A box for this workspace: a warm one if there is one, else a new one. Answers before its agent
   * listens.
   */
  record Start(long id, WorkspaceId workspace) implements HostRequest {}

  /** A hint: the workspace may be opened soon. */
  record Warm(long id, WorkspaceId workspace) implements HostRequest {}

  record ListBoxes(long id) implements HostRequest {}

  /** What each of them takes; an older sandbox-host does not know this and refuses a line. */
  record Measure(long id) implements HostRequest {}

  /** Kill the box; answered when it is gone, also if it was gone before. */
  record End(long id, SandboxId sandbox) implements HostRequest {}

  /** Remove the workspace's ciphertext; refused while a box of it runs. */
  record Destroy(long id, WorkspaceId workspace) implements HostRequest {}

  /** From now on this connection also gets {@link HostEvent}s. */
  record Watch(long id) implements HostRequest {}
}
