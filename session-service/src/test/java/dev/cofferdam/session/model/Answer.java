// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.session.State;

/**
 * What a command is answered with.
 *
 * @param status 0 for what asks nobody; 500 for all that says that it did not work
 * @param problem the last word of its type; empty if it is none
 * @param state empty if it says none
 * @param hasTicket for a box: to open, renew, lock or enter it
 */
record Answer(int status, String problem, String state, boolean hasTicket) {
  static final Answer NONE = new Answer(0, "", "", false);
  static final Answer BROKEN = new Answer(500, "", "", false);
  static final Answer UNKNOWN = problem(404, "not-found");

  static Answer problem(int status, String problem) {
    return new Answer(status, problem, "", false);
  }

  static Answer of(State state) {
    return new Answer(200, "", state.name(), false);
  }

  static Answer ticket(boolean isThere) {
    return new Answer(200, "", "", isThere);
  }
}
