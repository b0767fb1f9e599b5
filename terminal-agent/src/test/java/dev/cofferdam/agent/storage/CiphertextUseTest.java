// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiphertextUseTest {
  private static final long LEAST = CiphertextUse.LEAST_BYTES;

  @TempDir private Path tree;

  @Test
  void countsLengthsAndAtLeastABlockForEachName() throws Exception {
    assertThat(bytes()).isZero();
    Files.write(tree.resolve("empty"), new byte[0]);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("nowhere"));
    Files.write(tree.resolve("some"), new byte[100_000]);
    assertThat(bytes()).isBetween(2 * LEAST + 100_000, 2 * LEAST + 100_000 + LEAST);
    Path directory = Files.createDirectory(tree.resolve("directory"));
    long before = bytes();
    Files.write(directory.resolve("empty"), new byte[0]);
    assertThat(bytes() - before).isEqualTo(LEAST);
  }

  @Test
  void countsHolesAsIfTheyWereWritten() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
      file.setLength(5_000_000_000L);
    }
    assertThat(bytes()).isEqualTo(5_000_000_000L);
  }

  @Test
  void countsAFileOfManyNamesOnce() throws Exception {
    Path first = Files.write(tree.resolve("first"), new byte[1_000_000]);
    long before = bytes();
    Files.createLink(tree.resolve("second"), first);
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void letsOthersHaveATurnWhileItCounts() throws Exception {
    for (int i = 0; i < 3000; i++) {
      Files.createSymbolicLink(tree.resolve("link" + i), Path.of("nowhere"));
    }
    AtomicInteger turns = new AtomicInteger();
    new CiphertextUse(tree, tree.resolve("nobody"), turns::incrementAndGet).bytes();
    assertThat(turns).hasValue(2);
  }

  @Test
  void followsNoLinks(@TempDir Path elsewhere) throws Exception {
    Files.write(elsewhere.resolve("large"), new byte[10_000_000]);
    Files.createSymbolicLink(tree.resolve("link"), elsewhere);
    assertThat(bytes()).isEqualTo(LEAST);
  }

  @Test
  void countsWhatWasDeletedUntilItIsClosed() throws Exception {
    Path file = tree.resolve("file");
    try (FileChannel open =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      open.position(49_999_999).write(ByteBuffer.allocate(1));
      Files.delete(file);
      assertThat(bytesHeldHere()).isGreaterThanOrEqualTo(50_000_000);
    }
    assertThat(bytesHeldHere()).isLessThan(50_000_000);
  }

  @Test
  void countsBehindPathsThatAreTooLong() throws Exception {
    deepen(CiphertextUse.DEEPEST - 1);
    assertThat(bytes()).isGreaterThanOrEqualTo(LEAST * (CiphertextUse.DEEPEST - 1));
  }

  @Test
  void saysSoWhereItCantCount() throws Exception {
    deepen(CiphertextUse.DEEPEST);
    assertThatThrownBy(this::bytes).isInstanceOf(Uncountable.class);
    assertThatThrownBy(() -> new CiphertextUse(tree.resolve("none"), tree, () -> {}).bytes())
        .isInstanceOf(Uncountable.class);
  }

  /** As programs do it that go down step by step. */
  private void deepen(int levels) throws IOException, InterruptedException {
    run("perl", "-e", "for (1.." + levels + ") { $n = 'x' x 40; mkdir $n; chdir $n or die }");
  }

  /** What no path reaches only such a program removes. */
  @AfterEach
  void remove() throws IOException, InterruptedException {
    run("find", ".", "-mindepth", "1", "-maxdepth", "1", "-exec", "rm", "-rf", "{}", "+");
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(tree.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private long bytes() throws Uncountable {
    return new CiphertextUse(tree, tree.resolve("nobody"), () -> {}).bytes();
  }

  private long bytesHeldHere() throws Uncountable {
    return new CiphertextUse(tree, Path.of("/proc/self/fd"), () -> {}).bytes();
  }
}
