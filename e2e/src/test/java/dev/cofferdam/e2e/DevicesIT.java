// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody ends from one browser what is open in another. */
@ExtendWith(SharedCoffer.class)
class DevicesIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String END_OTHERS =
      """
      async () => (await fetch('/api/devices', {
        method: 'DELETE',
        headers: {'Content-Type': 'application/json', 'X-Coffer': '1'},
        body: '{}',
      })).status
      """;

  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @Test
  void endingTheOthersClosesTheirTerminalsAndLocksWhatTheyOpened(Coffer coffer) {
    try (Person laptop = new Person(chromium, Look.DARK);
        Person phone = new Person(chromium, Look.PHONE_DARK)) {
      laptop.signIn(coffer.freshLink());
      laptop.createWorkspace("left open");
      laptop.unlock();
      phone.signIn(coffer.freshLink());
      assertThat(read(phone, "/api/devices", "all.filter(d => d.current).length")).isEqualTo(1);
      assertThat(read(phone, "/api/devices", "all.map(d => d.browser).join()").toString())
          .contains("Chrome on Linux");
      assertThat(phone.page().evaluate(END_OTHERS)).isEqualTo(204);
      Await.until("the terminal to close", AT_ONCE, () -> !isLive(laptop));
      Await.until(
          "the workspace to lock",
          SOON,
          () -> read(phone, "/api/sessions", "all.length").equals(0));
      assertThat(laptop.page().evaluate("async () => (await fetch('/api/me')).status"))
          .isEqualTo(401);
      assertThat((List<?>) read(phone, "/api/sign-ins", "all.map(s => s.reason)"))
          .anyMatch("ended-elsewhere"::equals);
    }
  }

  private static boolean isLive(Person person) {
    return person.page().locator("[data-testid=pane][data-link=live]:visible").count() > 0;
  }

  private static Object read(Person person, String path, String expression) {
    String script =
        "async () => { const all = await (await fetch('%s')).json(); return %s }"
            .formatted(path, expression);
    return person.page().evaluate(script);
  }
}
