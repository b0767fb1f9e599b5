// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.util.Set;

/** Every way in which a session ends, with what is said of it. In the order in which they come. */
enum Way {
  LOCK("user", 4423),
  ADMIN("admin", 4423),
  LOGOUT("signed-out", 1008),
  KEY_REVOKED("key-revoked", 1008),
  SWITCHED_OFF("account-disabled", 1008),
  LAST_SOCKET_GONE("disconnected"),
  IDLE("idle", 4423),
  COMMAND_TIMEOUT("command-timeout", 4423),
  MOUNT_TIMEOUT("mount-timeout", 4423),
  STORAGE("storage", 4423),
  LONGEST("longest", 4423),
  MAINTENANCE("maintenance", 4423),
  LEASE_LOST("lease", 4423),
  /** It locks and signs out at once: one of the two is heard first. */
  EMERGENCY_STOP("emergency-stop", 4423, 1008);

  private final String reason;
  private final Set<Integer> codes;

  Way(String reason, Integer... codes) {
    this.reason = reason;
    this.codes = Set.of(codes);
  }

  /** The word in the ledger. */
  String reason() {
    return reason;
  }

  /** What its terminal's socket closes with, docs/terminal-protocol.md; none if none is there. */
  Set<Integer> codes() {
    return codes;
  }

  /** It comes by itself when a time is over, and concerns no other session. */
  boolean takesTime() {
    return switch (this) {
      case LAST_SOCKET_GONE, IDLE, COMMAND_TIMEOUT, MOUNT_TIMEOUT, STORAGE, LONGEST -> true;
      default -> false;
    };
  }

  /** All the others that were waited for are over by then. */
  boolean endsAll() {
    return switch (this) {
      case MAINTENANCE, LEASE_LOST, EMERGENCY_STOP -> true;
      default -> false;
    };
  }

  /** Somebody who was invited, not the owner of the server. */
  boolean isOfAGuest() {
    return switch (this) {
      case ADMIN, KEY_REVOKED, SWITCHED_OFF, STORAGE -> true;
      default -> false;
    };
  }
}
