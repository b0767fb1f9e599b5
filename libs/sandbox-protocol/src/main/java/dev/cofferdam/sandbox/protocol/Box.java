// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;

/**
 * A running box that was handed out.
 *
 * @param socket absolute path of its agent's Unix socket, as the gateway sees it
 * @param pid of the box's outermost process, on this host
 */
public record Box(
    SandboxId sandbox, WorkspaceId workspace, String socket, long pid, Instant startedAt) {}
