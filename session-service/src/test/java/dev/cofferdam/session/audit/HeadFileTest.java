// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadFileTest {
  @TempDir Path folder;

  private static Head head(long size) {
    return new Head(size, Hash.NONE, Instant.EPOCH, 1, "x".repeat(96));
  }

  @Test
  void keepsWhatWasThere() throws Exception {
    HeadFile file = new HeadFile(folder.resolve("heads"));
    assertThat(file.last()).isEmpty();
    file.append(List.of(head(1)));
    file.append(List.of(head(2), head(9)));
    file.append(List.of(head(2), head(9)));
    assertThat(file.last()).contains(head(9));
    assertThat(Files.readAllLines(folder.resolve("heads")))
        .containsExactly(
            LineWriter.write(head(1)), LineWriter.write(head(2)), LineWriter.write(head(9)));
  }

  @Test
  void takesAwayALineThatACrashCutOff() throws Exception {
    HeadFile file = new HeadFile(folder.resolve("heads"));
    file.append(List.of(head(1)));
    Files.writeString(folder.resolve("heads"), "{\"type\":\"he", StandardOpenOption.APPEND);
    assertThat(file.last()).contains(head(1));
    file.append(List.of(head(2)));
    assertThat(Files.readAllLines(folder.resolve("heads")))
        .containsExactly(LineWriter.write(head(1)), LineWriter.write(head(2)));
  }

  @Test
  void saysThatItWasTamperedWith() throws Exception {
    HeadFile file = new HeadFile(folder.resolve("heads"));
    Files.writeString(folder.resolve("heads"), "nonsense\n");
    assertThatThrownBy(file::last).isInstanceOf(LedgerChanged.class);
  }
}
