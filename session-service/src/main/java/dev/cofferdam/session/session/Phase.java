// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import java.time.Instant;

/**
 * Where a session is, each with what is known of it there.
 *
 * <pre>
 * Opening ──► Active ◄──► Warned
 *    │          │           │
 *    └──────────┴───────────┴──► Locking ──► Locked
 * </pre>
 *
 * From each but the last one a session may be Locked at once: its sandbox can die at any time. Each
 * method is a step; where it is not drawn it leads back to the same.
 */
sealed interface Phase {
  /** As it is stored and answered. */
  State state();

  /** The key is in its sandbox and the workspace mounted. */
  default Phase opened() {
    return this;
  }

  /** Nobody has done anything for a while. */
  default Phase warned(Instant locksAt) {
    return this;
  }

  /** Somebody is there again. */
  default Phase resumed() {
    return this;
  }

  /** It is to end. */
  default Phase locking(End end) {
    return new Locking(end);
  }

  /** Its sandbox is gone. */
  default Phase locked(End end, Instant at) {
    return new Locked(end, at);
  }

  /** It is allowed; its sandbox is being made. */
  record Opening() implements Phase {
    @Override
    public State state() {
      return State.OPENING;
    }

    @Override
    public Phase opened() {
      return new Active();
    }
  }

  /** Terminals may be used. */
  record Active() implements Phase {
    @Override
    public State state() {
      return State.ACTIVE;
    }

    @Override
    public Phase warned(Instant locksAt) {
      return new Warned(locksAt);
    }
  }

  /**
   * Open as before, and locks soon unless somebody does something.
   *
   * @param locksAt when
   */
  record Warned(Instant locksAt) implements Phase {
    @Override
    public State state() {
      return State.WARNED;
    }

    @Override
    public Phase resumed() {
      return new Active();
    }
  }

  /** Nothing new may begin, and what runs is ended. */
  record Locking(End end) implements Phase {
    @Override
    public State state() {
      return State.LOCKING;
    }

    @Override
    public Phase locking(End other) {
      return this;
    }

    @Override
    public Phase locked(End other, Instant at) {
      return new Locked(end, at);
    }
  }

  /** Processes, key and plaintext view are gone, for good. */
  record Locked(End end, Instant at) implements Phase {
    @Override
    public State state() {
      return State.LOCKED;
    }

    @Override
    public Phase locking(End other) {
      return this;
    }

    @Override
    public Phase locked(End other, Instant later) {
      return this;
    }
  }
}
