// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.session.State;
import java.util.ArrayList;
import java.util.List;

/** A session as it ought to be, and its box. Times are seconds of the service's clock. */
final class Modelled {
  final int workspace;
  final int signIn;
  State state = State.OPENING;

  /** Empty while there is none. */
  String reason = "";

  /** What its events say, in order. */
  final List<String> told;

  /** Security events of it. */
  int alarms;

  long openedAt;
  long renewedAt;
  long endsAt;
  Box box;

  /**
   * Its box goes by a clock that was not: the service may take its lease for lost that is not, and
   * tickets that were over are good again where the clock is set back.
   */
  boolean clockWasSet;

  /** When it was last given a lease, by the clock of its box. */
  private long leasedAt;

  /** How far the service's clock was set back since, in seconds. */
  private long setBack;

  Modelled(int workspace, int signIn, long now, long steady) {
    leasedAt = steady;
    this.workspace = workspace;
    this.signIn = signIn;
    told = new ArrayList<>(List.of("opening"));
    openedAt = now;
    renewedAt = now;
    endsAt = now + Commands.LONGEST_SECONDS;
    box = Box.waiting(now);
  }

  private Modelled(Modelled other) {
    workspace = other.workspace;
    signIn = other.signIn;
    state = other.state;
    reason = other.reason;
    told = new ArrayList<>(other.told);
    alarms = other.alarms;
    openedAt = other.openedAt;
    renewedAt = other.renewedAt;
    endsAt = other.endsAt;
    box = other.box;
    clockWasSet = other.clockWasSet;
    leasedAt = other.leasedAt;
    setBack = other.setBack;
  }

  Modelled copy() {
    return new Modelled(this);
  }

  void clockIsSet(long seconds) {
    clockWasSet = true;
    setBack += Math.max(0, -seconds);
  }

  void offered(long wall, long steady) {
    box = box.offered(wall);
    leased(steady);
  }

  void leased(long steady) {
    leasedAt = steady;
    setBack = 0;
  }

  /**
   * By the clock of its box, when its key has to be gone: a ticket is good for a lease, and so much
   * longer as the clock that it is compared with was set back.
   */
  long keyUntilAtMost() {
    return leasedAt + Box.LEASE_SECONDS + Box.SKEW_SECONDS + setBack;
  }

  boolean isOver() {
    return state == State.LOCKED;
  }

  boolean mayStayOpen() {
    return state == State.OPENING || state == State.ACTIVE || state == State.WARNED;
  }

  void opened() {
    if (state == State.OPENING) {
      become(State.ACTIVE, "opened");
    }
  }

  void warned() {
    if (state == State.ACTIVE) {
      become(State.WARNED, "warned");
    }
  }

  void resumed() {
    if (state == State.WARNED) {
      become(State.ACTIVE, "resumed");
    }
  }

  /** With what ends it whatever the gateway says later; empty if that is for the gateway to say. */
  void locking(String because) {
    if (mayStayOpen()) {
      reason = because;
      become(State.LOCKING, "locking");
    }
  }

  /** The first reason stays. */
  void locked(String because) {
    if (!isOver()) {
      reason = reason.isEmpty() ? because : reason;
      become(State.LOCKED, "locked " + reason);
    }
  }

  private void become(State next, String event) {
    state = next;
    told.add(event);
  }
}
