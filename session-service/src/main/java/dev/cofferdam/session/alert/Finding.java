// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact.Who;
import dev.cofferdam.ledger.Row;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a rule has found.
 *
 * @param about whom or what it concerns, at most {@value #LONGEST} characters: the same again is
 *     the same alert
 * @param times how often, from 1
 * @param entry the number of the ledger's entry that says it
 */
record Finding(
    Rule rule,
    String about,
    long times,
    Instant at,
    OptionalLong entry,
    Who who,
    String workspace,
    String subject,
    String detail) {
  private static final int LONGEST = 200;

  Finding {
    about = about.length() <= LONGEST ? about : about.substring(0, LONGEST);
  }

  static Finding of(Rule rule, String about, Row row) {
    return of(rule, about, 1, row, row.entry().fact().what().detail());
  }

  static Finding of(Rule rule, String about, long times, Row row, String detail) {
    return new Finding(
        rule,
        about,
        times,
        row.entry().fact().at(),
        OptionalLong.of(row.entry().seq()),
        row.entry().fact().who(),
        row.entry().fact().what().workspace(),
        row.entry().fact().what().subject(),
        detail);
  }

  /** Of the ledger itself. */
  static Finding ofLedger(Instant at, String what, String detail) {
    return new Finding(
        Rule.AUDIT_GAP, what, 1, at, OptionalLong.empty(), Who.NOBODY, "", "", detail);
  }

  /** It may be whole, but nothing says so. */
  static Finding ofUnsignedLedger(Instant at, String detail) {
    return new Finding(
        Rule.LEDGER_UNSIGNED, "heads", 1, at, OptionalLong.empty(), Who.NOBODY, "", "", detail);
  }

  /**
   * What it is about begins with it: {@code network}, {@code account} and {@code tried on} have to
   * share no bound, or a flood from many networks would hide whom it is aimed at.
   */
  String family() {
    if (rule != Rule.MANY_REFUSALS) {
      return "";
    }
    return about.startsWith("tried on ") ? "tried on " : about.substring(0, about.indexOf(' ') + 1);
  }

  Finding about(String other) {
    return new Finding(rule, other, times, at, entry, who, workspace, subject, detail);
  }
}
