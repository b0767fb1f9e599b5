// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost;

import dev.cofferdam.settings.KnownSettings;
import java.nio.file.Path;

/**
 * What sandbox-host is told by system properties; nothing of it is secret.
 *
 * @param socket {@code coffer.sandbox-host.socket}: where to listen
 * @param peer {@code coffer.sandbox-host.peer}: the one user who may ask
 * @param data {@code coffer.sandbox-host.data}: ciphertext and uid slots, lasting
 * @param boxes {@code coffer.sandbox-host.boxes}: the agents' sockets, for this run
 * @param scratch {@code coffer.sandbox-host.scratch}: filter and ticket key, for this run
 * @param vaultDirectory {@code coffer.vault.directory}: has Vault's socket {@code vault.sock} in it
 * @param agent {@code coffer.agent.directory}: the built agent
 * @param ticketKey {@code coffer.ticket.pub}: raw Ed25519 key, base64
 * @param ownUid {@code coffer.sandbox-host.own-uid}: give boxes no uids of their own, since our
 *     directories can be passed by nobody else
 * @param swapAccepted {@code coffer.accept-swap}: keys may reach a swap device
 */
record HostSettings(
    Path socket,
    String peer,
    Path data,
    Path boxes,
    Path scratch,
    Path vaultDirectory,
    Path agent,
    String ticketKey,
    boolean ownUid,
    boolean swapAccepted) {
  private static final int LONGEST_BOXES_CHARS = 107 - "/agent.sock".length() - 37;

  /**
   * @throws IllegalArgumentException with one line about what is missing, too long or not known
   */
  static HostSettings fromProperties() {
    KnownSettings.of("sandbox-host")
        .complaint(System.getProperties().stringPropertyNames())
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(line);
            });
    requireShort(path("coffer.sandbox-host.boxes"));
    return new HostSettings(
        path("coffer.sandbox-host.socket"),
        required("coffer.sandbox-host.peer"),
        path("coffer.sandbox-host.data"),
        path("coffer.sandbox-host.boxes"),
        path("coffer.sandbox-host.scratch"),
        path("coffer.vault.directory"),
        path("coffer.agent.directory"),
        required("coffer.ticket.pub"),
        Boolean.getBoolean("coffer.sandbox-host.own-uid"),
        Boolean.getBoolean("coffer.accept-swap"));
  }

  /** Below it lies SANDBOX_ID/agent.sock, and a socket's path has 107 bytes at most, unix(7). */
  private static void requireShort(Path boxes) {
    if (boxes.toString().length() > LONGEST_BOXES_CHARS) {
      throw new IllegalArgumentException(
          boxes
              + " is too long a path for sockets: "
              + LONGEST_BOXES_CHARS
              + " characters at most");
    }
  }

  private static Path path(String name) {
    return Path.of(required(name)).toAbsolutePath();
  }

  private static String required(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("-D" + name + " is missing");
    }
    return value;
  }
}
