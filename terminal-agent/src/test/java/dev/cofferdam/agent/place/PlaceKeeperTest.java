// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.agent.place.Place.Kept;
import dev.cofferdam.agent.terminal.Terminals;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With terminals of this machine; those of real boxes are met in sandbox-host's tests. */
class PlaceKeeperTest {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(10));
  private static final String SHOWN = "what was shown";
  private static final Duration AMPLE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final Terminals terminals = new Terminals();

  @AfterEach
  void end() {
    terminals.endAll(CloseCode.LOCKED);
  }

  private List<Kept> kept(int count, Duration longestLook) throws IOException {
    for (int i = 0; i < count; i++) {
      terminals.create(List.of("sh", "-c", "echo " + SHOWN + "; cat"), 80 + i, 24).orElseThrow();
    }
    SOON.until(
        "all have shown it",
        () -> terminals.running().stream().allMatch(t -> text(t.retained(1000).output())));
    Path file = folder.resolve("place");
    PlaceKeeper keeper = new PlaceKeeper(file, terminals, InstantSource.system(), longestLook);
    keeper.bringBack(directory -> List.of("sh"));
    keeper.keep().await();
    SOON.until("written", () -> keeper.last().isPresent());
    return keeper.last().orElseThrow().terminals();
  }

  private static boolean text(byte[] output) {
    return new String(output, UTF_8).contains(SHOWN);
  }

  @Test
  void keepsWhatTheyShowed() throws IOException {
    assertThat(kept(2, AMPLE))
        .hasSize(2)
        .allSatisfy(kept -> assertThat(new String(kept.output(), UTF_8)).contains(SHOWN));
  }

  @Test
  void keepsEachAndSaysWhereThereWasNoTimeForWhatItShowed() throws IOException {
    List<Kept> kept = kept(3, Duration.ZERO);
    assertThat(kept).extracting(Kept::columns).containsExactly(80, 81, 82);
    assertThat(kept)
        .allSatisfy(
            one ->
                assertThat(new String(one.output(), UTF_8))
                    .contains("could not be kept in time")
                    .doesNotContain(SHOWN));
  }
}
