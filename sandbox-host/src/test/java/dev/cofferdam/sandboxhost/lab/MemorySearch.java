// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks for bytes in another process's writable memory, as only root can; without the right to, it
 * finds nothing, which the caller's control shows.
 */
public final class MemorySearch {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int OVERLAP_BYTES = 128;

  private final List<byte[]> wanted;

  /** Any of these, each at most 128 bytes long. */
  public MemorySearch(List<byte[]> wanted) {
    this.wanted = wanted;
  }

  public int hits(long pid) throws IOException {
    int hits = 0;
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
        String[] fields = line.split(" +");
        if (fields[1].startsWith("rw") && !line.contains("[vvar")) {
          String[] ends = fields[0].split("-");
          hits +=
              hits(
                  memory, Long.parseUnsignedLong(ends[0], 16), Long.parseUnsignedLong(ends[1], 16));
        }
      }
    }
    return hits;
  }

  private int hits(RandomAccessFile memory, long start, long end) {
    byte[] chunk = new byte[CHUNK_BYTES];
    int hits = 0;
    for (long at = start; at < end; at += CHUNK_BYTES - OVERLAP_BYTES) {
      int length = (int) Math.min(CHUNK_BYTES, end - at);
      try {
        memory.seek(at);
        int read = memory.read(chunk, 0, length);
        for (byte[] form : wanted) {
          hits += count(chunk, read, form);
        }
      } catch (IOException e) {
        return hits; // unmapped meanwhile, or never filled
      }
    }
    return hits;
  }

  /** How often {@code form} occurs in the first {@code length} bytes. */
  public static int count(byte[] content, int length, byte[] form) {
    int hits = 0;
    for (int at = 0; at + form.length <= length; at++) {
      int i = 0;
      while (i < form.length && content[at + i] == form[i]) {
        i++;
      }
      hits += i == form.length ? 1 : 0;
    }
    return hits;
  }
}
