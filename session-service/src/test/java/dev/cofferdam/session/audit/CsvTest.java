// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|\"plain\"",
        "``|\"\"",
        "a\"b|\"a\"\"b\"",
        "a,b|\"a,b\"",
        "=1+1|\"'=1+1\"",
        "+1|\"'+1\"",
        "-1|\"'-1\"",
        "@SUM(A1)|\"'@SUM(A1)\"",
        "a=1|\"a=1\""
      })
  void aCellIsNeverAFormula(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo(cell);
  }
}
