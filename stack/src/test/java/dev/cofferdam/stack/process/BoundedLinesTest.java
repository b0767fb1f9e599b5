// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  private static List<String> all(String text) throws IOException {
    BoundedLines lines = new BoundedLines(new StringReader(text));
    List<String> all = new ArrayList<>();
    for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
      all.add(next.get());
    }
    return all;
  }

  @Test
  void areThoseOfTheText() throws IOException {
    assertThat(all("")).isEmpty();
    assertThat(all("one\n\ntwo\r\nthree")).containsExactly("one", "", "two", "three");
  }

  @Test
  void areCutWhereTheyHaveNoEnd() throws IOException {
    String most = "x".repeat(BoundedLines.LONGEST);
    assertThat(all(most + most + "y\nz")).containsExactly(most, most, "y", "z");
  }
}
