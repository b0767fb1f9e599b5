// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Byte strings that must be nowhere, and the search for them.
 *
 * <p>Looks at each eighth position only: the eight bytes there are compared with the eight possible
 * alignments of each needle's beginning. So a needle has at least 15 bytes.
 */
final class Needles {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int STEP = 8;
  private static final int SHORTEST = 2 * STEP - 1;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int FILTER_BITS = 16;

  private record Needle(String name, byte[] bytes) {}

  private record Window(long value, int at, Needle needle) {}

  private final List<Window> windows = new ArrayList<>();
  private final boolean[] filter = new boolean[1 << FILTER_BITS];
  private int longest;

  Needles add(String name, byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException("too short to be searched for: " + name);
    }
    Needle needle = new Needle(name, bytes.clone());
    longest = Math.max(longest, bytes.length);
    for (int at = 0; at < STEP; at++) {
      long value = (long) LONGS.get(bytes, at);
      windows.add(new Window(value, at, needle));
      filter[slot(value)] = true;
    }
    return this;
  }

  /** The key in each form in which one is likely to be written down. */
  Needles addKey(byte[] key) {
    return addKey("", key);
  }

  /** The same for one of several; its forms are named {@code NAME FORM}. */
  Needles addKey(String name, byte[] key) {
    String before = name.isEmpty() ? "" : name + " ";
    String hex = HexFormat.of().formatHex(key);
    add(before + "raw", key);
    addText(before + "hex", hex);
    addText(before + "HEX", hex.toUpperCase(java.util.Locale.ROOT));
    String standard = Base64.getEncoder().withoutPadding().encodeToString(key);
    addText(before + "base64", standard);
    String forUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    return forUrls.equals(standard) ? this : addText(before + "base64url", forUrls);
  }

  Needles addText(String name, String text) {
    return add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The names of those that stand in these bytes. */
  Set<String> in(byte[] bytes) {
    Set<String> found = new LinkedHashSet<>();
    scan(bytes, bytes.length, found);
    return found;
  }

  /** Of a file; one that has vanished has none. */
  Set<String> in(Path file) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      return in(open, 0, open.length());
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      if (java.nio.file.Files.notExists(file)) {
        return Set.of();
      }
      throw new UncheckedIOException("Not searched: " + file, e);
    }
  }

  /** From one position up to another; stops where nothing can be read any more. */
  Set<String> in(RandomAccessFile file, long from, long to) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    int overlap = longest + STEP;
    byte[] buffer = new byte[overlap + CHUNK_BYTES];
    int kept = 0;
    file.seek(from);
    for (long left = to - from; left > 0; ) {
      int n = file.read(buffer, kept, (int) Math.min(CHUNK_BYTES, left));
      if (n <= 0) {
        return found;
      }
      int length = kept + n;
      scan(buffer, length, found);
      left -= n;
      kept = Math.min(overlap, length);
      System.arraycopy(buffer, length - kept, buffer, 0, kept);
    }
    return found;
  }

  private void scan(byte[] bytes, int length, Set<String> found) {
    for (int at = 0; at + STEP <= length; at += STEP) {
      long value = (long) LONGS.get(bytes, at);
      if (filter[slot(value)]) {
        verify(bytes, length, at, value, found);
      }
    }
  }

  private void verify(byte[] bytes, int length, int at, long value, Set<String> found) {
    for (Window window : windows) {
      byte[] needle = window.needle().bytes();
      int start = at - window.at();
      if (window.value() == value
          && start >= 0
          && start + needle.length <= length
          && Arrays.equals(bytes, start, start + needle.length, needle, 0, needle.length)) {
        found.add(window.needle().name());
      }
    }
  }

  private static int slot(long value) {
    return (int) ((value * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
  }
}
