// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

/** Whom an action is open to. */
enum Reach {
  /** Also who is signed out. */
  EVERYBODY,
  /** Every person, for what is theirs. */
  ACCOUNT,
  /** People who work here, for what is theirs. */
  WORK,
  /** The same, and owner and admin for what is anybody's: to see that it is there and to end it. */
  OVERSIGHT,
  /** Owner and admin, an admin only towards members and auditors. */
  GOVERNMENT,
  /** Who reads the audit. */
  AUDIT,
  /** Owners. */
  OWNERSHIP,
  /** Other parts of Cofferdam, by name. */
  PARTS
}
