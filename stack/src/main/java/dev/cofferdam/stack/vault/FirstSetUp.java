// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.vault;

import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * That Vault is being set up for the first time (ADR 0040): a file, there before Vault writes
 * anything and gone once the unseal key was told. Nothing else is started before that, so what
 * Vault keeps while the file is there is worth nothing, if it is of this first start: a file of the
 * same content lies beside it. Whatever else lies there was put there by a person.
 *
 * @param mark the file
 * @param vault the directory of what Vault keeps
 * @param others the directories of what other parts keep; whatever lies there proves that Vault was
 *     set up once
 */
public record FirstSetUp(Path mark, Path vault, List<Path> others) {
  private static final String BESIDE = "setting-up";

  public FirstSetUp {
    others = List.copyOf(others);
  }

  /** Before each start of Vault: puts the mark where Vault keeps nothing yet. */
  public void begin() {
    if (isEmpty(vault)) {
      put();
    }
  }

  /**
   * Whether an earlier one was cut short, so that what Vault keeps has to be thrown away.
   *
   * @throws StartFailure if it would have to be, but is not of that start
   */
  public boolean wasCutShort() {
    boolean unfinished =
        Files.exists(mark) && !isEmpty(vault) && others.stream().allMatch(FirstSetUp::isEmpty);
    if (unfinished && !isOfThisStart()) {
      throw new StartFailure(
          mark
              + " says that a first start was cut short, but what Vault has is not of that start: if"
              + " you restored it, remove this file (docs/restoring.md); if not, ./coffer reset");
    }
    return unfinished;
  }

  private boolean isOfThisStart() {
    try {
      return Files.exists(beside(), LinkOption.NOFOLLOW_LINKS)
          && Files.mismatch(mark, beside()) == -1;
    } catch (IOException e) {
      throw new StartFailure(mark + " can't be compared: " + e.getMessage());
    }
  }

  private Path beside() {
    return vault.resolve(BESIDE);
  }

  /**
   * The key was told. On the disk for good before anything else begins: a mark that came back would
   * cost what was kept since.
   */
  void done() {
    try {
      if (Files.deleteIfExists(mark)) {
        sync(directory());
        Files.deleteIfExists(beside());
      }
    } catch (IOException e) {
      throw new StartFailure(mark + " can't be removed: " + e.getMessage());
    }
  }

  private void put() {
    try {
      String text = "Vault is being set up for the first time: " + UUID.randomUUID() + "\n";
      Files.writeString(mark, text);
      sync(mark);
      sync(directory());
      Files.deleteIfExists(beside());
      Files.writeString(beside(), text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      sync(beside());
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
      return entries.allMatch(entry -> entry.endsWith(BESIDE));
    } catch (IOException e) {
      throw new StartFailure(directory + " can't be read: " + e.getMessage());
    }
  }
}
