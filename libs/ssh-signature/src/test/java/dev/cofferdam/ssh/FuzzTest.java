// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.testkit.GuidedFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Guided changes to real inputs, 20 seconds for each parser; {@code -Dcoffer.fuzz=PT1H} for longer.
 * A parser may refuse with {@link MalformedSsh} and nothing else, and what it accepts has one
 * spelling. Findings are kept, and tried first from then on.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
  @Test
  void armour() {
    GuidedFuzz.run(
        FuzzedArmour.class,
        Stream.of(SoftwareKey.armour(new byte[200]), SoftwareKey.armour(new byte[1]))
            .map(text -> text.getBytes(ISO_8859_1))
            .toList());
  }

  @Test
  void signatures(@TempDir Path dir) {
    SshKeygen keygen =
        new SshKeygen(dir)
            .make("ca", "-t", "ed25519")
            .make("ed", "-t", "ed25519")
            .make("ec", "-t", "ecdsa", "-b", "256")
            .make("rsa", "-t", "rsa", "-b", "3072");
    keygen.must("", Stream.of("-s", "ca", "-I", "id", "-n", "me", "ed.pub"));
    String message = FuzzedSignature.MESSAGE;
    GuidedFuzz.run(
        FuzzedSignature.class,
        Stream.concat(
                Stream.of("ed", "ec", "rsa", "ed-cert.pub").map(name -> keygen.sign(name, message)),
                Stream.of(new SoftwareKey().sign(message.getBytes(UTF_8), 1, 7)))
            .map(Armour::open)
            .toList());
  }

  @Test
  void keys() {
    GuidedFuzz.run(
        FuzzedKey.class,
        List.of(new SoftwareKey().key.blob(), new Ed25519Key(new SoftwareKey().point()).blob()));
  }

  @Test
  void findsWhatIsThereAndKeepsIt(@TempDir Path dir) throws IOException {
    Path kept = dir.resolve("kept");
    // It ends when it has found it; others run beside it.
    Duration time = Duration.ofMinutes(2);
    assertThatThrownBy(() -> GuidedFuzz.run(FuzzedForSure.class, List.of(new byte[8]), kept, time))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("IllegalStateException: found")
        .hasMessageContaining(kept.toString());
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> assertThat(Files.readString(file, ISO_8859_1)).startsWith("coff"));
    }
    // Without any time to look for it again.
    assertThatThrownBy(
            () -> GuidedFuzz.run(FuzzedForSure.class, List.of(), kept, Duration.ofSeconds(1)))
        .hasMessageContaining("IllegalStateException: found");
  }
}
