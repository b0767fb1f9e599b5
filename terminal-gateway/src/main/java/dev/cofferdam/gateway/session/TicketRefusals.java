// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.refusal.GatewayRefusals;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells of tickets that an agent refused: one that was replayed, another's or too old is somebody's
 * doing, or a clock's. Whoever showed it need not have come through here; an agent says with each
 * lease what it has refused. A lease that it refused to a gateway is among that, and told of at
 * once too: for that may be the last one.
 */
@ApplicationScoped
class TicketRefusals {
  private static final String OF_A_LEASE = "lease-refused";
  private static final String OF_A_TICKET = "ticket-refused";

  /** What an agent says of a ticket, see its Orders. */
  private static final Pattern REASON = Pattern.compile(": ([a-z_]{1,32})$");

  private static final Pattern WORD = Pattern.compile("[a-z-]{1,32}");
  private static final String NOT_SAID = "not-said";
  private static final String RENEW = "renew";

  /** Of one kind between two leases; more is not counted. */
  private static final int MOST = 1000;

  private final GatewayRefusals refusals;

  TicketRefusals(GatewayRefusals refusals) {
    this.refusals = refusals;
  }

  /** What it answered instead of taking the lease. */
  void answered(SessionId session, ControlAnswer answer) {
    if (answer instanceof ControlAnswer.Failed failed && failed.slug().equals(OF_A_TICKET)) {
      Matcher reason = REASON.matcher(failed.text());
      String why = reason.find() ? reason.group(1).replace('_', '-') : NOT_SAID;
      refusals.add(Refusal.of(OF_A_LEASE, why).about(session.toString()));
    }
  }

  /** What it has refused to whomever since the last lease. */
  void heard(SessionId session, ControlAnswer.Refused refused) {
    String action = word(refused.action());
    String why = word(refused.reason());
    Refusal told =
        action.equals(RENEW)
            ? Refusal.of(OF_A_LEASE, why)
            : Refusal.of(OF_A_TICKET, action + "-" + why);
    for (long i = 0; i < Math.min(refused.count(), MOST); i++) {
      refusals.add(told.about(session.toString()));
    }
  }

  /** An agent is not believed to say words only. */
  private static String word(String said) {
    return WORD.matcher(said).matches() ? said : NOT_SAID;
  }
}
