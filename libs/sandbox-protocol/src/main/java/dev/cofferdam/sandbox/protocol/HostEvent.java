// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;

/** What a watcher is told. */
public sealed interface HostEvent extends HostMessage {

  /** The box and everything in it is gone. Sent once for each box that had been handed out. */
  record Exited(SandboxId sandbox, WorkspaceId workspace, ExitReason reason) implements HostEvent {}
}
