// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.ssh.SshSignatures.Verdict;
import dev.cofferdam.testkit.Mutator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Random changes, 20 seconds for each parser; {@code -Dcoffer.fuzz=PT1H} for longer. A parser may
 * refuse with {@link MalformedSsh} and nothing else, and what it accepts has one spelling. The seed
 * of a run is in the message of its failure; findings become tests in {@link KeyFormsTest}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
  private static final Duration TIME = Duration.parse(System.getProperty("coffer.fuzz", "PT20S"));
  private static final String MESSAGE = "sign in here";

  private static void fuzz(List<byte[]> seeds, Consumer<byte[]> parser) {
    long seed = System.nanoTime();
    Mutator mutator = new Mutator(seed);
    List<byte[]> pool = new ArrayList<>(seeds);
    long deadline = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < deadline) {
      byte[] input = mutator.change(pool.get(mutator.below(pool.size())));
      try {
        parser.accept(input);
        // What is accepted is worth changing further.
        if (pool.size() < 1000) {
          pool.add(input);
        }
      } catch (MalformedSsh e) {
        // The one allowed refusal.
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(input), e);
      }
    }
  }

  @Test
  void armour() {
    List<byte[]> seeds =
        Stream.of(SoftwareKey.armour(new byte[200]), SoftwareKey.armour(new byte[1]))
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();
    fuzz(
        seeds,
        input -> {
          String text = new String(input, ISO_8859_1);
          byte[] opened = Armour.open(text);
          String spelt = text.replace("\r", "").replace("\n", "");
          assertThat(SoftwareKey.armour(opened).replace("\n", "")).isEqualTo(spelt);
        });
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
    SoftwareKey token = new SoftwareKey();
    List<byte[]> seeds =
        Stream.concat(
                Stream.of("ed", "ec", "rsa", "ed-cert.pub").map(name -> keygen.sign(name, MESSAGE)),
                Stream.of(token.sign(MESSAGE.getBytes(UTF_8), 1, 7)))
            .map(Armour::open)
            .toList();
    SshSignatures signatures = new SshSignatures(SshKeygen.NAMESPACE);
    fuzz(
        seeds,
        input -> {
          Verdict verdict = signatures.check(SoftwareKey.armour(input), MESSAGE.getBytes(UTF_8));
          if (verdict instanceof Verdict.Refused) {
            SshSignature parsed = SshSignature.parse(input);
            SshPublicKey.parse(parsed.signer().toBytes());
          } else {
            assertThat(seeds.stream().anyMatch(seed -> Arrays.equals(seed, input))).isTrue();
          }
        });
  }

  @Test
  void keys() {
    List<byte[]> seeds =
        List.of(new SoftwareKey().key.blob(), new Ed25519Key(new SoftwareKey().point()).blob());
    fuzz(seeds, input -> assertThat(SshPublicKey.parse(input).blob()).isEqualTo(input));
  }
}
