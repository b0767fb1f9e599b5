// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import dev.cofferdam.agent.kernel.Kernel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the window title that a program sets: {@code ESC ] 0 ; text BEL} and the like (ECMA-48
 * OSC). Untrusted text: control characters are dropped, 256 characters are kept.
 */
final class TitleSniffer {
  private static final int LONGEST_BYTES = 1024;
  private static final int LONGEST_CHARS = 256;
  private static final byte ESC = 0x1b;
  private static final byte BEL = 0x07;

  private enum State {
    TEXT,
    ESCAPE,
    NUMBER,
    TITLE
  }

  private final byte[] collected = new byte[LONGEST_BYTES];
  private State state = State.TEXT;
  private int length;
  private volatile String title = "";

  String title() {
    return title;
  }

  /** Looks at what remains in a direct buffer; its position does not move. */
  void accept(ByteBuffer bytes) {
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      if (state == State.TEXT) {
        at = Kernel.indexOf(bytes, at, ESC);
        if (at < 0) {
          return;
        }
      }
      step(bytes.get(at));
    }
  }

  private void step(byte b) {
    state =
        switch (state) {
          case TEXT -> State.ESCAPE;
          case ESCAPE -> afterEscape(b);
          case NUMBER -> inNumber(b);
          case TITLE -> inTitle(b);
        };
  }

  private State afterEscape(byte b) {
    length = 0;
    return b == ']' ? State.NUMBER : State.TEXT;
  }

  private State inNumber(byte b) {
    if (b == ';') {
      boolean setsTitle = length == 1 && (collected[0] == '0' || collected[0] == '2');
      length = 0;
      return setsTitle ? State.TITLE : State.TEXT;
    }
    if (b < '0' || b > '9' || length == 4) {
      return State.TEXT;
    }
    collected[length++] = b;
    return State.NUMBER;
  }

  private State inTitle(byte b) {
    if (b == BEL || b == ESC) {
      title = clean(new String(Arrays.copyOf(collected, length), StandardCharsets.UTF_8));
      return State.TEXT;
    }
    if (length < LONGEST_BYTES) {
      collected[length++] = b;
    }
    return State.TITLE;
  }

  private static String clean(String raw) {
    String text = raw.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}]", "");
    return text.length() <= LONGEST_CHARS ? text : text.substring(0, LONGEST_CHARS);
  }
}
