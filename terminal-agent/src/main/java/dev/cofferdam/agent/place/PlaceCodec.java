// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.agent.place.Place.Kept;
import dev.cofferdam.terminal.protocol.Limits;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file in which a place is kept. Integers are big-endian and unsigned.
 *
 * <pre>
 * file     = "coffer-place" version lockedAt count *terminal crc
 * version  = u8            ; 1
 * lockedAt = u64           ; seconds since 1970
 * count    = u16           ; of terminals, at most 32
 * terminal = columns rows title directory command output
 * columns  = u16           ; 1..1000
 * rows     = u16           ; 1..500
 * title, directory, command = u16 length, at most 4096 bytes
 * output   = u32 length, at most 256 KiB and a little
 * crc      = u32           ; CRC32C of all before it
 * </pre>
 *
 * gocryptfs keeps others from making content up, but not from cutting a file short, putting another
 * one in its place, or losing its end with the power: what is read is taken for anything.
 */
final class PlaceCodec {
  static final int MOST_OUTPUT_BYTES = OutputCut.MOST_BYTES + OutputCut.MOST_ADDED_BYTES;
  static final int LONGEST_TEXT_BYTES = 4096;
  static final int LARGEST_BYTES = 64 + Limits.MOST_TERMINALS * (MOST_OUTPUT_BYTES + 16 * 1024);

  private static final byte[] MAGIC = "coffer-place".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final long LATEST_SECOND = 253_402_300_799L; // the end of the year 9999

  private PlaceCodec() {}

  static byte[] encode(Place place) {
    ByteBuffer file = write(place);
    return Arrays.copyOf(file.array(), file.limit());
  }

  /** The whole file; what is kept may be as large as the heap has room for once, not twice. */
  static ByteBuffer write(Place place) {
    int size = MAGIC.length + 1 + Long.BYTES + Short.BYTES + Integer.BYTES;
    for (Kept kept : place.terminals()) {
      size += 3 * (Short.BYTES + LONGEST_TEXT_BYTES) + 2 * Short.BYTES;
      size += Integer.BYTES + kept.output().length;
    }
    ByteBuffer file = ByteBuffer.allocate(size);
    file.put(MAGIC).put(VERSION).putLong(place.lockedAt().getEpochSecond());
    file.putShort((short) place.terminals().size());
    for (Kept kept : place.terminals()) {
      file.putShort((short) kept.columns()).putShort((short) kept.rows());
      putText(file, kept.title().getBytes(UTF_8));
      putText(file, kept.directory().getBytes(ISO_8859_1));
      putText(file, kept.command().getBytes(UTF_8));
      file.putInt(kept.output().length).put(kept.output());
    }
    file.putInt(crc(file.array(), file.position()));
    return file.flip();
  }

  private static void putText(ByteBuffer file, byte[] text) {
    if (text.length > LONGEST_TEXT_BYTES) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes");
    }
    file.putShort((short) text.length).put(text);
  }

  /** Empty if it is anything but a whole file of this version. */
  static Optional<Place> decode(byte[] bytes) {
    try {
      int end = bytes.length - Integer.BYTES;
      ByteBuffer file = ByteBuffer.wrap(bytes);
      if (end < 0 || file.getInt(end) != crc(bytes, end)) {
        return Optional.empty();
      }
      return Optional.of(read(file.limit(end)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Place read(ByteBuffer file) {
    byte[] magic = new byte[MAGIC.length];
    file.get(magic);
    require(Arrays.equals(magic, MAGIC) && file.get() == VERSION);
    long lockedAt = file.getLong();
    require(lockedAt >= 0 && lockedAt <= LATEST_SECOND);
    int count = within(0, Short.toUnsignedInt(file.getShort()), Limits.MOST_TERMINALS);
    List<Kept> terminals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terminals.add(readTerminal(file));
    }
    require(!file.hasRemaining());
    return new Place(Instant.ofEpochSecond(lockedAt), terminals);
  }

  private static Kept readTerminal(ByteBuffer file) {
    int columns = within(1, Short.toUnsignedInt(file.getShort()), Limits.LARGEST_COLUMNS);
    int rows = within(1, Short.toUnsignedInt(file.getShort()), Limits.LARGEST_ROWS);
    String title = Visible.text(new String(text(file), UTF_8), Visible.LONGEST_TITLE);
    String directory = new String(text(file), ISO_8859_1);
    require(directory.isEmpty() || (directory.startsWith("/") && directory.indexOf(0) < 0));
    String command = Visible.text(new String(text(file), UTF_8), Visible.LONGEST_COMMAND);
    int length = within(0, file.getInt(), Math.min(MOST_OUTPUT_BYTES, file.remaining()));
    byte[] output = new byte[length];
    file.get(output);
    return new Kept(columns, rows, title, directory, command, output);
  }

  private static byte[] text(ByteBuffer file) {
    int length = within(0, Short.toUnsignedInt(file.getShort()), LONGEST_TEXT_BYTES);
    byte[] text = new byte[length];
    file.get(text);
    return text;
  }

  private static int within(int least, int value, int most) {
    require(value >= least && value <= most);
    return value;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not a place");
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
