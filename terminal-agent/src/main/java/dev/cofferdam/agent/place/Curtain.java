// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.agent.place.Place.Kept;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What comes between the output before a lock and that of the new shell. */
final class Curtain {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Takes back what the last program has set: CAN ends an open sequence, OSC 8 an open link; SI and
   * ESC ( B are the usual characters; DECSTR resets colours, cursor, margins and modes of the
   * screen. What it leaves on is named: mouse, focus reports, bracketed paste, held-back drawing.
   * Nothing of it moves the cursor.
   */
  private static final String RESET =
      "\u0018\u001b]8;;\u0007\u000f\u001b(B\u001b[!p\u001b[0m\u001b[?25h\u001b>"
          + "\u001b[?1l\u001b[?7h\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l"
          + "\u001b[?1004l\u001b[?1005l\u001b[?1006l\u001b[?1015l\u001b[?1016l"
          + "\u001b[?2004l\u001b[?2026l";

  private Curtain() {}

  /** The same with its output ended by a reset, its title and a line that says what was. */
  static Kept over(Kept kept, Instant lockedAt) {
    String running = kept.command().isEmpty() ? "" : ", was running: `" + kept.command() + "`";
    String line = "\u001b[2m[locked " + MINUTE.format(lockedAt) + running + "]\u001b[0m\r\n";
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    output.writeBytes(kept.output());
    output.writeBytes(RESET.getBytes(UTF_8));
    if (!kept.title().isEmpty()) {
      output.writeBytes(("\u001b]2;" + kept.title() + "\u0007").getBytes(UTF_8));
    }
    output.writeBytes(("\r\n" + line).getBytes(UTF_8));
    return new Kept(
        kept.columns(),
        kept.rows(),
        kept.title(),
        kept.directory(),
        kept.command(),
        output.toByteArray());
  }
}
