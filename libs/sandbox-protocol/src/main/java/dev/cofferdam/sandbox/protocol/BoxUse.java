// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import dev.cofferdam.identity.SandboxId;

/**
 * What a box takes of this host, all its processes together: agent, file system, cell.
 *
 * @param memoryBytes now, without file contents that the kernel would drop first
 * @param cpuMicros of all cores, since the box was started; may fall back a little when a process
 *     ends that nobody waits for
 */
public record BoxUse(SandboxId sandbox, long memoryBytes, long cpuMicros) {}
