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

  Modelled(int workspace, int signIn, long now) {
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
  }

  Modelled copy() {
    return new Modelled(this);
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
