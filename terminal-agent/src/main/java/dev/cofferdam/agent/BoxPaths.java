// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import java.nio.file.Path;

/**
 * What the agent finds in its box.
 *
 * @param cipher the workspace's ciphertext
 * @param plain the mount point, empty and not writable until mounted
 * @param socket where the agent listens
 * @param vault Vault's Unix socket
 * @param ticketKey 32 raw bytes of the Ed25519 key of tickets, in base64
 * @param filter the cell's seccomp program
 * @param scratch a writable directory in memory
 */
public record BoxPaths(
    Path cipher, Path plain, Path socket, Path vault, Path ticketKey, Path filter, Path scratch) {

  public static BoxPaths standard() {
    return new BoxPaths(
        Path.of("/cipher"),
        Path.of("/plain"),
        Path.of("/run/coffer/box/agent.sock"),
        Path.of("/run/coffer/vault/vault.sock"),
        Path.of("/run/coffer/ticket.pub"),
        Path.of("/opt/coffer/seccomp.bpf"),
        Path.of("/tmp"));
  }
}
