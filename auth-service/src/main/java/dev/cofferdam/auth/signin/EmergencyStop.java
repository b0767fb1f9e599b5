// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.auth.invitation.Invitations;
import dev.cofferdam.auth.program.Keys;
import dev.cofferdam.identity.UserId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The emergency stop's part here: whatever lets somebody in that was issued until now is worth
 * nothing afterwards, and each of it is told of as if it had been revoked by hand. What people keep
 * themselves (SSH keys, passkeys, accounts at providers) stays, so that they can sign in again.
 */
@ApplicationScoped
class EmergencyStop {
  /** How much ends in one transaction, so that the first is told of while the last still waits. */
  static final int AT_ONCE = 50;

  private static final String REASON = "emergency-stop";

  private final SignIns signIns;
  private final OperatorLinks links;
  private final Invitations invitations;
  private final Keys keys;
  private final Tenancy tenancy;

  EmergencyStop(
      SignIns signIns, OperatorLinks links, Invitations invitations, Keys keys, Tenancy tenancy) {
    this.signIns = signIns;
    this.links = links;
    this.invitations = invitations;
    this.keys = keys;
    this.tenancy = tenancy;
  }

  /**
   * Call outside of a transaction. Keys go first, as programs need nothing else, then ways in, so
   * that nobody comes in by one meanwhile whose sign-in is then missed. Each is tried, also behind
   * one that failed.
   *
   * @param by an owner; at the machine nobody is named, which counts as the owner
   * @return how many sign-ins there were
   * @throws RuntimeException the first failure, once all else was tried
   */
  int revokeEverything(Optional<UserId> by) {
    UserId who = by.orElseGet(this::owner);
    AtomicInteger ended = new AtomicInteger();
    Steps steps = new Steps();
    steps.take(() -> revokeKeys(who));
    steps.take(() -> revokeWaysIn(who));
    steps.take(() -> ended.set(signIns.endAllOfEverybody(REASON)));
    // What was made by somebody whose sign-in had yet to end.
    steps.take(() -> revokeWaysIn(who));
    steps.take(() -> revokeKeys(who));
    steps.throwWhatFailed();
    return ended.get();
  }

  private void revokeKeys(UserId by) {
    all(() -> keys.revokeSome(AT_ONCE, by, REASON));
  }

  private void revokeWaysIn(UserId by) {
    all(() -> links.withdrawSome(AT_ONCE, by));
    all(() -> invitations.takeBackSome(AT_ONCE, by));
  }

  private UserId owner() {
    return QuarkusTransaction.requiringNew().call(() -> tenancy.first().user());
  }

  /** However many there are; each round is a transaction. */
  private static void all(IntSupplier some) {
    Rounds.untilFew(AT_ONCE, () -> QuarkusTransaction.requiringNew().call(some::getAsInt));
  }
}
