// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.agent.kernel.Kernel;
import java.io.ByteArrayOutputStream;

/**
 * Takes the last of a terminal's output so that it can be shown by itself: from a line's start on,
 * never from or to the midst of an escape sequence or a character, and never beginning or ending in
 * the alternate screen (that of vim, less and the like) without a switch to it or back.
 *
 * <p>States of ECMA-48 as far as ends of sequences need them. One use.
 */
final class OutputCut {
  /** Of output; what is older is left out. */
  static final int MOST_BYTES = 256 * 1024;

  /** For switches of the screen. */
  static final int MOST_ADDED_BYTES = 32;

  /** How far before the cut is looked, so that a sequence that reaches over it is known as such. */
  private static final int LOOK_BACK_BYTES = 4 * 1024;

  /** What it can make use of. */
  static final int WANTED_BYTES = MOST_BYTES + LOOK_BACK_BYTES;

  private static final int UNKNOWN = -1;

  /** CSI ? 1047 and 1049. */
  private static final byte[] SWITCH = "\u001b[?104".getBytes(US_ASCII);

  private static final byte ESC = 0x1b;
  private static final byte BEL = 0x07;
  private static final byte CAN = 0x18;
  private static final byte SUB = 0x1a;

  private enum State {
    TEXT,
    ESCAPE,
    CONTROL,
    STRING
  }

  private final byte[] all;
  private State state = State.TEXT;
  private int sequence;
  private int characterLeft;
  private int lineStart = UNKNOWN;
  private int firstWhole = UNKNOWN;
  private int lastWhole;

  /** The number of the mode by which the alternate screen was entered, 0 for the main one. */
  private int screen = UNKNOWN;

  private int screenAtStart = UNKNOWN;

  private OutputCut(byte[] all) {
    this.all = all;
  }

  /**
   * @param all what is retained, the oldest first
   * @param fromTheStart whether {@code all} begins where the terminal began
   */
  static byte[] last(byte[] all, boolean fromTheStart) {
    return new OutputCut(all).cut(fromTheStart);
  }

  private byte[] cut(boolean fromTheStart) {
    int earliest = Math.max(0, all.length - MOST_BYTES);
    boolean whole = earliest == 0 && fromTheStart;
    if (whole) {
      lineStart = 0;
      screen = 0;
      screenAtStart = 0;
    }
    int from = Math.max(0, earliest - LOOK_BACK_BYTES);
    lastWhole = from;
    int tail = Math.max(from, all.length - LOOK_BACK_BYTES);
    for (int at = from; at < all.length; at++) {
      step(at);
      noteBorders(at, earliest);
      boolean found = lineStart != UNKNOWN || at - earliest > LOOK_BACK_BYTES;
      if (found && at < tail && state == State.TEXT) {
        lookOver(at + 1, tail);
        at = tail - 1;
      }
    }
    int start = lineStart != UNKNOWN ? lineStart : firstWhole;
    if (start == UNKNOWN || start > lastWhole) {
      return new byte[0];
    }
    if (screenAtStart == UNKNOWN) {
      screenAtStart = screenBefore(from);
    }
    return assemble(start);
  }

  private byte[] assemble(int start) {
    int atEnd = screen == UNKNOWN ? screenAtStart : screen;
    ByteArrayOutputStream output = new ByteArrayOutputStream(lastWhole - start + MOST_ADDED_BYTES);
    output.writeBytes(change(screenAtStart, 'h'));
    output.write(all, start, lastWhole - start);
    output.writeBytes(change(atEnd, 'l'));
    return output.toByteArray();
  }

  private static byte[] change(int screen, char how) {
    return (screen > 0 ? "\u001b[?" + screen + how : "").getBytes(US_ASCII);
  }

  private void step(int at) {
    byte b = all[at];
    if (b == CAN || b == SUB) {
      state = State.TEXT;
      characterLeft = 0;
      return;
    }
    if (b == ESC) {
      state = State.ESCAPE;
      characterLeft = 0;
      return;
    }
    switch (state) {
      case TEXT -> inCharacter(b);
      case ESCAPE -> afterEscape(b, at);
      case CONTROL -> {
        if (b >= 0x40 && b <= 0x7e) {
          state = State.TEXT;
          noteScreen(at);
        }
      }
      case STRING -> {
        if (b == BEL) {
          state = State.TEXT;
        }
      }
    }
  }

  private void inCharacter(byte b) {
    int value = b & 0xff;
    if (characterLeft > 0 && (value & 0xc0) == 0x80) {
      characterLeft--;
      return;
    }
    characterLeft = value < 0xc2 || value > 0xf4 ? 0 : value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
  }

  private void afterEscape(byte b, int at) {
    if (b >= 0x20 && b <= 0x2f) {
      return;
    }
    sequence = at + 1;
    state =
        switch (b) {
          case '[' -> State.CONTROL;
          case ']', 'P', 'X', '^', '_' -> State.STRING;
          default -> State.TEXT;
        };
  }

  private void noteBorders(int at, int earliest) {
    if (state != State.TEXT || characterLeft > 0) {
      return;
    }
    lastWhole = at + 1;
    if (at + 1 < earliest) {
      return;
    }
    if (firstWhole == UNKNOWN) {
      firstWhole = at + 1;
    }
    if (lineStart == UNKNOWN && all[at] == '\n') {
      lineStart = at + 1;
      screenAtStart = screen;
    }
  }

  /** CSI ? number h, CSI ? number l: xterm's modes of the alternate screen. */
  private void noteScreen(int end) {
    byte how = all[end];
    boolean isMode = how == 'h' || how == 'l';
    if (!isMode || end - sequence > 32 || all[sequence] != '?') {
      return;
    }
    String numbers = new String(all, sequence + 1, end - sequence - 1, US_ASCII);
    for (String number : numbers.split(";")) {
      if (number.equals("47") || number.equals("1047") || number.equals("1049")) {
        int mode = Integer.parseInt(number);
        // Whoever leaves the alternate screen has been in it.
        if (screenAtStart == UNKNOWN && screen == UNKNOWN && lineStart != UNKNOWN) {
          screenAtStart = how == 'l' ? mode : 0;
        }
        screen = how == 'h' ? mode : 0;
      }
    }
  }

  /**
   * What lies between the borders holds nothing of interest but switches of the screen; the JVM
   * would take longer to look at each byte than a lock may wait.
   */
  private void lookOver(int from, int to) {
    characterLeft = 0;
    lastWhole = to;
    for (int at : Kernel.indexesOf(all, SWITCH)) {
      int end = at + SWITCH.length + 1;
      if (at >= from && end < to) {
        sequence = at + 2;
        noteScreen(end);
      }
    }
  }

  /** By the last switch before this index. */
  private int screenBefore(int end) {
    for (int at = end - 8; at >= 0; at--) {
      if (all[at] == ESC && all[at + 1] == '[' && all[at + 2] == '?') {
        String rest = new String(all, at + 3, 5, US_ASCII);
        if (rest.startsWith("1049") || rest.startsWith("1047")) {
          return rest.charAt(4) == 'h' ? Integer.parseInt(rest.substring(0, 4)) : 0;
        }
      }
    }
    return 0;
  }
}
