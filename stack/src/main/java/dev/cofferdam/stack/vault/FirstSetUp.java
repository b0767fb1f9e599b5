// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * That Vault is being set up for the first time (ADR 0040): a file, there before Vault writes
 * anything and gone once the unseal key was told. Nothing else is started before that, so what
 * Vault keeps while the file is there is worth nothing.
 *
 * @param mark the file
 * @param vault the directory of what Vault keeps
 * @param others the directories of what other parts keep; whatever lies there proves that Vault was
 *     set up once
 */
public record FirstSetUp(Path mark, Path vault, List<Path> others) {

  public FirstSetUp {
    others = List.copyOf(others);
  }

  /** Before each start of Vault: puts the mark where Vault keeps nothing yet. */
  public void begin() {
    if (isEmpty(vault)) {
      put();
    }
  }

  /** Whether an earlier one was cut short, so that what Vault keeps has to be thrown away. */
  public boolean wasCutShort() {
    return Files.exists(mark) && !isEmpty(vault) && others.stream().allMatch(FirstSetUp::isEmpty);
  }

  /**
   * The key was told. On the disk for good before anything else begins: a mark that came back would
   * cost what was kept since.
   */
  void done() {
    try {
      if (Files.deleteIfExists(mark)) {
        sync(directory());
      }
    } catch (IOException e) {
      throw new StartFailure(mark + " can't be removed: " + e.getMessage());
    }
  }

  private void put() {
    try {
      Files.writeString(mark, "Vault is being set up for the first time.\n");
      sync(mark);
      sync(directory());
    } catch (IOException e) {
      throw new StartFailure(mark + " can't be written: " + e.getMessage());
    }
  }

  private Path directory() {
    return java.util.Objects.requireNonNull(mark.getParent(), "of the mark");
  }

  /** Also a directory's entries, for which Linux wants it opened for reading: fsync(2). */
  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new StartFailure(directory + " can't be read: " + e.getMessage());
    }
  }
}
