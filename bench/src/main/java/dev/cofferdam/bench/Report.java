// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects figures with their targets; prints a table and writes JSON. */
final class Report {
  /** A row; {@code value} and {@code target} in {@code unit}; met tells whether it holds. */
  record Row(String figure, double value, String unit, String target, boolean met, String seen) {}

  private final List<Row> rows = new ArrayList<>();

  void atMost(String figure, double value, String unit, double target, String seen) {
    add(new Row(figure, value, unit, "<= " + target, value <= target, seen));
  }

  void atLeast(String figure, double value, String unit, double target, String seen) {
    add(new Row(figure, value, unit, ">= " + target, value >= target, seen));
  }

  private void add(Row row) {
    rows.add(row);
    System.out.println(line(row));
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%-62s %9.2f %-5s %-10s %-4s %s",
        row.figure(),
        row.value(),
        row.unit(),
        row.target(),
        row.met() ? "met" : "MISS",
        row.seen());
  }

  void write(Path file) {
    try {
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void table() {
    System.out.println();
    rows.forEach(row -> System.out.println(line(row)));
  }
}
