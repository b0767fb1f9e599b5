// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import java.util.Locale;

/** Why a box ended, read from its agent's exit status. */
public enum ExitReason {
  /** A Lock ticket. */
  LOCKED,
  /** Nobody typed and no program worked on files for the idle time. */
  IDLE,
  /** Nobody renewed the lease. */
  LEASE,
  /** Nobody had a view of a terminal for too long. */
  DISCONNECTED,
  /** It took more of the disk than it may, and went on after it was full. */
  STORAGE,
  /** Nothing was typed for the command timeout, whatever programs did. */
  COMMAND_TIMEOUT,
  /** No work on files for the mount timeout, whatever was typed. */
  MOUNT_TIMEOUT,
  /** The workspace could not be opened. */
  OPEN_FAILED,
  /** gocryptfs or the cell died, so the agent ended the rest. */
  BROKEN,
  /** By a signal: killed from outside or by the kernel. */
  KILLED,
  /** Any other status. */
  AGENT_EXIT;

  /** Exit statuses of the agent; what it is told apart by. */
  public static final int STATUS_LOCKED = 0;

  public static final int STATUS_IDLE = 10;
  public static final int STATUS_LEASE = 11;
  public static final int STATUS_OPEN_FAILED = 12;
  public static final int STATUS_BROKEN = 13;
  public static final int STATUS_DISCONNECTED = 14;
  public static final int STATUS_STORAGE = 15;
  public static final int STATUS_COMMAND_TIMEOUT = 16;
  public static final int STATUS_MOUNT_TIMEOUT = 17;

  /** Above this a status says "ended by signal n - 128". */
  private static final int SIGNALLED = 128;

  public static ExitReason ofStatus(int status) {
    return switch (status) {
      case STATUS_LOCKED -> LOCKED;
      case STATUS_IDLE -> IDLE;
      case STATUS_LEASE -> LEASE;
      case STATUS_OPEN_FAILED -> OPEN_FAILED;
      case STATUS_BROKEN -> BROKEN;
      case STATUS_DISCONNECTED -> DISCONNECTED;
      case STATUS_STORAGE -> STORAGE;
      case STATUS_COMMAND_TIMEOUT -> COMMAND_TIMEOUT;
      case STATUS_MOUNT_TIMEOUT -> MOUNT_TIMEOUT;
      default -> status > SIGNALLED ? KILLED : AGENT_EXIT;
    };
  }

  /** As it is written in messages, for instance {@code open-failed}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ExitReason ofWireName(String name) {
    for (ExitReason reason : values()) {
      if (reason.wireName().equals(name)) {
        return reason;
      }
    }
    throw new MalformedMessage("unknown exit reason");
  }
}
