// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import dev.cofferdam.stack.process.StartFailure;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a person sees of a start: a line for each part, redrawn in place on a terminal, written once
 * when it is done elsewhere.
 */
public final class Progress {
  private static final String LINE = "  %-20s %-8s %6.1f s";

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int drawn;
  private boolean mute;

  /** A part's line; {@code nanos} is its start while it runs and its duration afterwards. */
  private record Row(String word, long nanos) {}

  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  synchronized void begin(String part) {
    rows.put(part, new Row("starts", System.nanoTime()));
    draw();
  }

  synchronized void done(String part) {
    finish(part, "done");
  }

  synchronized void failed(String part) {
    finish(part, "failed");
  }

  synchronized void stopping(String part) {
    say("  " + part + " stops");
  }

  /** A line of its own, above those that change. */
  public synchronized void say(String line) {
    if (mute) {
      return;
    }
    erase();
    out.println(line);
    drawn = 0;
    draw();
  }

  /**
   * For what somebody has to have seen.
   *
   * @throws StartFailure if nobody reads
   */
  public synchronized void tell(String line) {
    say(line);
    if (!mute && out.checkError()) {
      throw new StartFailure("nobody reads what it says");
    }
  }

  /** All are up: what was drawn stays, and lines come below it from now on. */
  public synchronized void settle() {
    rows.clear();
    drawn = 0;
  }

  /** Nobody reads any more. */
  public synchronized void fallSilent() {
    mute = true;
  }

  private void finish(String part, String word) {
    Row row = rows.get(part);
    if (row == null) {
      return;
    }
    rows.put(part, new Row(word, System.nanoTime() - row.nanos()));
    if (terminal) {
      draw();
    } else if (!mute) {
      out.println(text(part, rows.get(part)));
    }
  }

  /** Redraws; called again and again by a clock while a start is under way. */
  public synchronized void draw() {
    if (!terminal || mute) {
      return;
    }
    erase();
    rows.forEach((part, row) -> out.println(text(part, row)));
    out.flush();
    drawn = rows.size();
  }

  private static String text(String part, @org.jspecify.annotations.Nullable Row row) {
    if (row == null) {
      return part;
    }
    long nanos = row.word().equals("starts") ? System.nanoTime() - row.nanos() : row.nanos();
    return String.format(Locale.ROOT, LINE, part, row.word(), nanos / 1e9);
  }

  private void erase() {
    if (terminal && drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
    }
  }
}
