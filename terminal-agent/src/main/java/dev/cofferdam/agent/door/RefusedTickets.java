// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.door;

import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketDecision.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tickets that were refused here, counted until somebody renews the lease and hears of them. As
 * many kinds as there are actions and reasons. Thread-safe.
 */
final class RefusedTickets {
  private final Map<Kind, Long> counts = new TreeMap<>();

  private record Kind(TicketAction action, Refusal why) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byAction = action.compareTo(other.action);
      return byAction != 0 ? byAction : why.compareTo(other.why);
    }
  }

  synchronized void add(TicketAction action, Refusal why) {
    counts.merge(new Kind(action, why), 1L, Long::sum);
  }

  /** What has come since the last time; it is forgotten by that. */
  synchronized List<ControlAnswer.Refused> take() {
    List<ControlAnswer.Refused> all =
        counts.entrySet().stream().map(e -> refused(e.getKey(), e.getValue())).toList();
    counts.clear();
    return all;
  }

  private static ControlAnswer.Refused refused(Kind kind, long count) {
    String why = kind.why().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new ControlAnswer.Refused(kind.action().wireName(), why, count);
  }
}
