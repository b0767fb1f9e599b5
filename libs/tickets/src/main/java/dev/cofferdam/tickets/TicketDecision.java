// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

/** What became of a presented ticket. */
public sealed interface TicketDecision {
  /** Carry it out. */
  record Admit(Ticket ticket) implements TicketDecision {}

  /** Do nothing, and record why. */
  record Refuse(Refusal refusal) implements TicketDecision {}

  /** Why a ticket was refused; the names are stable and go into records. */
  enum Refusal {
    MALFORMED,
    BAD_SIGNATURE,
    OTHER_SANDBOX,
    OTHER_WORKSPACE,
    OTHER_SESSION,
    OTHER_ACTION,
    NOT_YET_VALID,
    EXPIRED,
    REPLAYED,
    /** Issued before what was accepted already: a lease, or one that is remembered no more. */
    STALE,
    TOO_MANY
  }
}
