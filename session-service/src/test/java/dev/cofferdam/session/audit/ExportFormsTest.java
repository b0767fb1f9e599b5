// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.edge.openapi.ExportForms;
import dev.cofferdam.ledger.Line;
import dev.cofferdam.ledger.LineReader;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.MalformedLine;
import dev.cofferdam.ledger.Row;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** What the API shows of an export is what an export is. */
class ExportFormsTest {
  private static Line line() throws IOException, MalformedLine {
    return new LineReader("example", new StringReader(ExportForms.A_LINE)).next().orElseThrow();
  }

  @Test
  void theLineIsReadAndWrittenAsItIs() throws IOException, MalformedLine {
    assertThat(LineWriter.write(line()) + "\n").isEqualTo(ExportForms.A_LINE);
  }

  @Test
  void itsHashIsItsOwn() throws IOException, MalformedLine {
    assertThat(line())
        .isInstanceOfSatisfying(Row.class, r -> assertThat(r).isEqualTo(Row.of(r.entry())));
  }

  @Test
  void theTableIsOfTheSameEntry() throws IOException, MalformedLine {
    assertThat(line())
        .isInstanceOfSatisfying(
            Row.class,
            row ->
                assertThat((Csv.HEADER + Csv.line(row)).replace("\r\n", "\n"))
                    .isEqualTo(ExportForms.TWO_ROWS));
  }
}
