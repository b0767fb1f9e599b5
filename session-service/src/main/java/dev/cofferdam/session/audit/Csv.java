// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Row;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries as lines of CSV (RFC 4180), every cell in quotes. A cell that a spreadsheet would take
 * for a formula gets an apostrophe in front (OWASP: CSV injection).
 */
final class Csv {
  static final String HEADER =
      line(
          List.of(
              "seq",
              "at",
              "kind",
              "outcome",
              "reason",
              "actor",
              "credential",
              "address",
              "workspace",
              "subject",
              "detail",
              "event",
              "hash"));
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private Csv() {}

  static String line(Row row) {
    Fact fact = row.entry().fact();
    return line(
        List.of(
            Long.toString(row.entry().seq()),
            fact.at().toString(),
            fact.what().kind(),
            fact.outcome().wireName(),
            fact.reason(),
            fact.who().actor(),
            fact.who().credential(),
            fact.who().address(),
            fact.what().workspace(),
            fact.what().subject(),
            fact.what().detail(),
            fact.event().toString(),
            row.hash().toString()));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
