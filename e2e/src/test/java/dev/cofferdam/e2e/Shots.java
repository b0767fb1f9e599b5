// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Pictures of a page in every look, to be looked at, and axe's word on each. */
final class Shots {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private final Axe axe = new Axe();

  /** The page as it is now: dark, light, and both on a phone; back to dark in the end. */
  void everyLook(Person person, String state) {
    for (Look look : Look.values()) {
      person.look(look);
      settled(person.page());
      take(person, state + "-" + look.name().toLowerCase(Locale.ROOT));
      List<String> violations =
          look.isDark() ? axe.violations(person.page()) : axe.violationsOfColours(person.page());
      assertThat(violations).as("axe on %s in %s", state, look).isEmpty();
      assertThat(overflows(person.page())).as("%s scrolls sideways in %s", state, look).isFalse();
    }
    person.look(Look.DARK);
    settled(person.page());
  }

  void take(Person person, String name) {
    person.page().screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
  }

  /** Two frames on, and everything that moves has arrived. */
  private static void settled(Page page) {
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " Promise.allSettled(document.getAnimations()"
            + ".filter(a => a.effect.getComputedTiming().iterations !== Infinity)"
            + ".map(a => a.finished)).then(() => done()))))");
  }

  private static boolean overflows(Page page) {
    return (Boolean)
        page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1");
  }
}
