// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineReader;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.MalformedLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Heads in a file that is no part of the database, a line each, forced to the disk. A line that a
 * crash has cut off is taken away before the next one is added.
 */
final class HeadFile {
  private static final int LONGEST_LINE = 1024;

  private final Path file;

  HeadFile(Path file) {
    this.file = file;
  }

  /**
   * The last whole one.
   *
   * @throws LedgerChanged if that line is no head
   */
  Optional<Head> last() {
    try (FileChannel channel = open()) {
      return last(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Head> last(FileChannel channel) throws IOException {
    String tail = tail(channel);
    int end = tail.lastIndexOf('\n');
    if (end < 0) {
      return Optional.empty();
    }
    String line = tail.substring(tail.lastIndexOf('\n', end - 1) + 1, end);
    try {
      if (LineReader.parse(line) instanceof Head head) {
        return Optional.of(head);
      }
      throw new LedgerChanged("the last line of the file of heads is no head");
    } catch (MalformedLine e) {
      throw new LedgerChanged("the last line of the file of heads is no head");
    }
  }

  /** Those that are newer than what is there: a replica may have been quicker. */
  void append(List<Head> heads) {
    try (FileChannel channel = open();
        FileLock held = channel.lock()) {
      long there = held.isValid() ? last(channel).map(Head::size).orElse(0L) : 0;
      StringBuilder lines = new StringBuilder();
      heads.stream()
          .filter(head -> head.size() > there)
          .forEach(head -> lines.append(LineWriter.write(head)).append('\n'));
      String tail = tail(channel);
      int cutOff = tail.length() - (tail.lastIndexOf('\n') + 1);
      channel.truncate(channel.size() - cutOff);
      channel.position(channel.size());
      ByteBuffer bytes = UTF_8.encode(lines.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that are no ASCII count one each: whole lines have none. */
  private static String tail(FileChannel channel) throws IOException {
    int length = (int) Math.min(channel.size(), 2L * LONGEST_LINE);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.read(bytes, channel.size() - length);
    return new String(bytes.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
