// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.session.audit.RefusedDetail;
import java.util.List;
import java.util.Optional;

/** The rules that one entry alone can break. */
final class SingleEntries {
  private static final String TOKEN_SPENT = "token-spent";

  private static final String GAP_BEFORE = "gap-before";
  private static final String GAP_AFTER = "gap-after";

  /** As Facts writes it of a stop. */
  private static final String SEALING = "sealing-asked-for";

  private SingleEntries() {}

  static List<Finding> look(Row row) {
    Fact fact = row.entry().fact();
    return rule(fact)
        .map(rule -> Finding.of(rule, about(rule, fact), 1, row, detail(rule, fact)))
        .stream()
        .toList();
  }

  private static Optional<Rule> rule(Fact fact) {
    return switch (fact.what().kind()) {
      case "refused" -> ofRefusal(RefusedDetail.parse(fact.what().detail()).what(), fact.reason());
      case "emergency-stop-changed" ->
          fact.what().detail().equals("stopped")
              ? Optional.of(Rule.EMERGENCY_STOP)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Rule> ofRefusal(String what, String why) {
    return Optional.ofNullable(
        switch (what) {
          case "key-refused" -> why.equals(TOKEN_SPENT) ? Rule.TOKEN_USED_TWICE : Rule.KEY_REFUSED;
          case "lease-refused" -> Rule.LEASE_REFUSED;
          case "vault-seal" -> Rule.EMERGENCY_STOP;
          case "refresh-refused" -> why.equals(TOKEN_SPENT) ? Rule.REFRESH_TOKEN_REUSED : null;
          case "route-refused" -> why.equals("other-part") ? Rule.PART_OUT_OF_BOUNDS : null;
          case "event" ->
              switch (why) {
                case GAP_BEFORE, GAP_AFTER -> Rule.EVENT_GAP;
                case "impossible-time" -> Rule.IMPOSSIBLE_TIME;
                default -> Rule.EVENT_REFUSED;
              };
          default -> null;
        });
  }

  /** Of a stop also what becomes of Vault: whoever took over a service may ask for keys else. */
  private static String detail(Rule rule, Fact fact) {
    if (rule == Rule.EVENT_GAP && fact.reason().equals(GAP_AFTER)) {
      return "the newest of its events never came: " + fact.what().detail();
    }
    if (rule != Rule.EMERGENCY_STOP) {
      return fact.what().detail();
    }
    if (fact.what().kind().equals("refused")) {
      return "Vault was not sealed: it refused, or did not answer";
    }
    return fact.reason().equals(SEALING)
        ? "stopped, Vault is to be sealed"
        : "stopped, Vault stays open";
  }

  /** The thing, and for events why too: one that was forged must not hide behind one repeated. */
  private static String about(Rule rule, Fact fact) {
    String subject = fact.what().subject();
    if (rule == Rule.EMERGENCY_STOP && fact.what().kind().equals("refused")) {
      return "vault"; // an alert of its own, so that whoever heard of the first hears of this one
    }
    return rule == Rule.EVENT_REFUSED ? fact.reason() + " in " + subject : subject;
  }
}
