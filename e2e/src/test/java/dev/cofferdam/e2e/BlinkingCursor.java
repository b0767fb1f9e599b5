// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.time.Duration;
import java.util.List;

/** The cursor of the visible terminal, as xterm.js draws it without WebGL. */
final class BlinkingCursor {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Its background, ink, bar and underline: while it is on, and while a blink has it off. */
  private static final String STYLES =
      """
      () => {
        const screen = document.querySelector('.screen:has(.xterm-focus)');
        const cursor = screen.querySelector('.xterm-cursor');
        const style = off => {
          screen.classList.toggle('cursor-off', off);
          const now = getComputedStyle(cursor);
          return [now.backgroundColor, now.color, now.boxShadow, now.borderBottomColor].join(' | ');
        };
        return [style(false), style(true)];
      }
      """;

  private final Person person;

  BlinkingCursor(Person person) {
    this.person = person;
  }

  /**
   * Asks for a shape as a program does, and waits until it is there.
   *
   * @param style of DECSCUSR: 1 a block, 3 an underline, 5 a bar, all of them blinking
   */
  BlinkingCursor shape(int style, String name) {
    person.enter("printf '\\e[" + style + " q'");
    Await.until(
        name,
        SOON,
        () -> person.page().isVisible(".xterm-focus .xterm-cursor-blink.xterm-cursor-" + name));
    return this;
  }

  /** Of those four, which change as it goes off. */
  List<Boolean> changes() {
    List<?> styles = (List<?>) person.page().evaluate(STYLES);
    String[] on = String.valueOf(styles.getFirst()).split(" \\| ");
    String[] off = String.valueOf(styles.getLast()).split(" \\| ");
    return List.of(
        !on[0].equals(off[0]), !on[1].equals(off[1]), !on[2].equals(off[2]), !on[3].equals(off[3]));
  }
}
