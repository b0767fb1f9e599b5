// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.time.Instant;

/** What {@link Verifier} found. */
public sealed interface Verdict {
  /**
   * Nothing is wrong.
   *
   * @param heads how many were checked, anchored ones too
   * @param signed how many entries the end or the newest head covers; those behind it prove nothing
   *     yet
   * @param upTo when that was signed; the epoch without either
   */
  record Good(long entries, long heads, long signed, Instant upTo) implements Verdict {}

  /**
   * @param row the first bad one; for {@link Flaw#REWRITTEN} the first that may be
   * @param why what was found, for people
   */
  record Bad(long row, Flaw flaw, String why) implements Verdict {}
}
