// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstSetUpTest {
  @TempDir Path data;
  private Path vault;
  private Path postgres;
  private FirstSetUp first;

  @BeforeEach
  void make() throws IOException {
    vault = Files.createDirectory(data.resolve("vault"));
    postgres = Files.createDirectory(data.resolve("postgres"));
    first = new FirstSetUp(data.resolve("setting-up"), vault, List.of(postgres));
  }

  @Test
  void isCutShortUntilItIsDone() throws IOException {
    first.begin();
    assertThat(first.wasCutShort()).as("before Vault wrote anything").isFalse();
    Files.createFile(vault.resolve("vault.db"));
    assertThat(first.wasCutShort()).isTrue();
    first.done();
    assertThat(first.wasCutShort()).isFalse();
  }

  @Test
  void dataWithoutAMarkIsNeverThrownAway() throws IOException {
    Files.createFile(vault.resolve("vault.db"));
    first.begin();
    assertThat(data.resolve("setting-up")).doesNotExist();
    assertThat(first.wasCutShort()).isFalse();
  }

  @Test
  void whatAnotherPartKeepsIsWorthMoreThanTheMark() throws IOException {
    first.begin();
    Files.createFile(vault.resolve("vault.db"));
    Files.createDirectory(postgres.resolve("17"));
    assertThat(first.wasCutShort()).isFalse();
  }

  @Test
  void aMarkThatCannotBeRemovedStopsTheStart() throws IOException {
    Path mark = Files.createDirectory(data.resolve("setting-up"));
    Files.createFile(mark.resolve("in-the-way"));
    assertThatThrownBy(first::done).isInstanceOf(StartFailure.class);
  }
}
