// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

/** What is wrong with a ledger. */
public enum Flaw {
  /** A line is neither an entry nor a head nor an end. */
  UNREADABLE,
  /** Its hash is not that of what it says. */
  EDITED,
  /** It is not there. */
  DROPPED,
  /** It is there, but not in its place. */
  REORDERED,
  /** It was put there by somebody who did not know, or did not heed, what was there before. */
  INSERTED,
  /** The end is missing: a head has signed more, or nothing says that it ends there. */
  CUT,
  /** All fits together, but it is not what was signed. */
  REWRITTEN,
  /** A head, or the end, was not signed with the key. */
  BAD_SIGNATURE,
  /** There are entries and no head: nothing is proved. */
  UNSIGNED
}
