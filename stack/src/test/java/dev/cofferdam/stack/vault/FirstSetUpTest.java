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
  void whatAPersonPutThereIsNeverThrownAway() throws IOException {
    first.begin();
    Files.delete(vault.resolve("setting-up"));
    Files.createFile(vault.resolve("vault.db"));
    assertThatThrownBy(first::wasCutShort)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("setting-up")
        .hasMessageContaining("docs/restoring.md");
    assertThat(vault.resolve("vault.db")).exists();
  }

  @Test
  void whatIsOfAnotherFirstStartIsNot() throws IOException {
    first.begin();
    Path mark = data.resolve("setting-up");
    String before = Files.readString(mark);
    first.begin();
    assertThat(Files.readString(mark)).isNotEqualTo(before);
    Files.writeString(vault.resolve("setting-up"), before);
    Files.createFile(vault.resolve("vault.db"));
    assertThatThrownBy(first::wasCutShort).isInstanceOf(StartFailure.class);
  }

  @Test
  void nothingIsLeftBesideWhatVaultKeeps() {
    first.begin();
    first.done();
    assertThat(vault).isEmptyDirectory();
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
