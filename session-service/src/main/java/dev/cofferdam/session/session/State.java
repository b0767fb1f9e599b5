// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

/**
 * Where a session is.
 *
 * <pre>
 * OPENING ──► ACTIVE ◄──► WARNED
 *    │          │           │
 *    └──────────┴───────────┴──► LOCKING ──► LOCKED
 * </pre>
 *
 * WARNED is open as ACTIVE is, and locks soon unless somebody does something.
 *
 * <p>From every state but the last one a session may become LOCKED at once: its sandbox can die at
 * any time.
 */
public enum State {
  OPENING,
  ACTIVE,
  WARNED,
  LOCKING,
  LOCKED;

  /** Whether the key is in the sandbox and may stay there. */
  public boolean isOpen() {
    return this == ACTIVE || this == WARNED;
  }

  /** Whether this step is allowed; never from a state to itself. */
  public boolean mayBecome(State next) {
    return switch (this) {
      case OPENING -> next == ACTIVE || next == LOCKING || next == LOCKED;
      case ACTIVE -> next == WARNED || next == LOCKING || next == LOCKED;
      case WARNED -> next == ACTIVE || next == LOCKING || next == LOCKED;
      case LOCKING -> next == LOCKED;
      case LOCKED -> false;
    };
  }
}
