// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedSeedTest {
  private static final Optional<Long> NONE = Optional.empty();

  @TempDir Path folder;

  private FailedSeed again() {
    return new FailedSeed(folder.resolve("seeds"), "Proof");
  }

  @Test
  void isFreshWhereNothingFailed() {
    assertThat(again().choose(NONE, () -> 7)).isEqualTo(7);
  }

  @Test
  void theOneThatFailedComesAgainUntilItSucceeds() {
    again().keep(-5);
    assertThat(again().choose(NONE, () -> 7)).isEqualTo(-5);
    assertThat(again().choose(NONE, () -> 8)).isEqualTo(-5);
    again().forget();
    assertThat(again().choose(NONE, () -> 7)).isEqualTo(7);
  }

  @Test
  void theOneThatIsAskedForComesFirst() {
    again().keep(5);
    assertThat(again().choose(Optional.of(3L), () -> 7)).isEqualTo(3);
  }

  @Test
  void eachProofHasItsOwn() {
    again().keep(5);
    FailedSeed other = new FailedSeed(folder.resolve("seeds"), "Other");
    assertThat(other.choose(NONE, () -> 7)).isEqualTo(7);
  }

  @Test
  void whatIsNoNumberIsNoSeed() throws IOException {
    again().keep(5);
    Files.writeString(folder.resolve("seeds").resolve("Proof"), "x");
    assertThat(again().choose(NONE, () -> 7)).isEqualTo(7);
  }
}
