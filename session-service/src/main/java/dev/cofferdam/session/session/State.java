// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

/**
 * Where a session is.
 *
 * <pre>
 * OPENING ──► ACTIVE ──► LOCKING ──► LOCKED
 *    └──────────┴──────────────────────▲
 * </pre>
 *
 * From every state but the last one a session may become LOCKED at once: its sandbox can die at any
 * time.
 */
public enum State {
  OPENING,
  ACTIVE,
  LOCKING,
  LOCKED;

  /** Whether this step is allowed; never from a state to itself. */
  public boolean mayBecome(State next) {
    return switch (this) {
      case OPENING -> next != OPENING;
      case ACTIVE -> next == LOCKING || next == LOCKED;
      case LOCKING -> next == LOCKED;
      case LOCKED -> false;
    };
  }
}
