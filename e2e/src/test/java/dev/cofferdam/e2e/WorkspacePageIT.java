// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A workspace on the page: used by keys alone, and told as damaged when it is. */
@ExtendWith(SharedCoffer.class)
class WorkspacePageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int MOST_STOPS = 60;

  /** What has focus, by its test id; with a word behind it where nobody sees that it has. */
  private static final String FOCUS =
      """
      () => {
        const one = document.activeElement;
        const within = one.closest('[data-testid]');
        if (!within) return one.tagName;
        const terminal = one.closest('.xterm');
        const style = getComputedStyle(one);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        const caret = one.matches('[data-testid=palette-input]');
        const seen = terminal ? terminal.classList.contains('focus') : ring || caret;
        return within.dataset.testid + (seen ? '' : ' unseen');
      }
      """;

  private static final int TOGETHER_MILLIS = 1_000;

  private static final String PRESS_AT =
      """
      at => {
        const unlock = document.querySelector('[data-testid=unlock]');
        setTimeout(() => unlock.click(), at - Date.now());
      }
      """;

  private static final String STATE_AND_FOCUS =
      "() => document.querySelector('[data-testid=workspace]').dataset.state + ' ' + ("
          + FOCUS
          + ")()";

  private final Shots shots = new Shots();
  private Chromium chromium;
  private Person person;

  @BeforeEach
  void open() {
    chromium = new Chromium();
    person = new Person(chromium, Look.DARK);
  }

  @AfterEach
  void close() {
    try (Chromium closing = chromium) {
      person.assertNoComplaints();
      assertThat(closing).isNotNull();
    }
  }

  private String focus() {
    return String.valueOf(person.page().evaluate(FOCUS));
  }

  private void awaitFocus(String testId) {
    String[] last = {""};
    try {
      Await.until(
          "focus on " + testId,
          PATIENCE,
          () -> {
            last[0] = focus();
            return last[0].equals(testId);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it is on " + last[0], e.getCause());
    }
  }

  /** Where Tab leads, each stop of it seen. */
  private void tabTo(String testId) {
    for (int stop = 0; stop < MOST_STOPS; stop++) {
      if (focus().equals(testId)) {
        return;
      }
      person.press("Tab");
      assertThat(focus()).doesNotContain("unseen");
    }
    throw new AssertionError("Tab does not lead to " + testId + "; focus is on " + focus());
  }

  /**
   * As the page asks people to, again where a part gave no answer in time. Focus stays on the
   * button while it opens.
   */
  private void unlockByEnter() {
    Set<String> seen = new HashSet<>();
    person.press("Enter");
    Await.until(
        "focus in the terminal",
        PATIENCE,
        () -> {
          seen.add(String.valueOf(person.page().evaluate(STATE_AND_FOCUS)));
          if (person.problem().isPresent()) {
            person.press("Enter");
          }
          return focus().equals("terminal");
        });
    assertThat(seen).filteredOn(one -> one.startsWith("opening")).containsOnly("opening unlock");
  }

  private void lockByPalette(String workspace) {
    person.press("Control+Shift+K");
    awaitFocus("palette-input");
    person.type("lock " + workspace);
    person.awaitSeen("palette-item");
    person.press("Enter");
    person.awaitState("locked");
  }

  @Test
  void isUsedByKeysAloneWithFocusSeenAtEachStep(Coffer coffer) {
    String name = "keys-" + Long.toHexString(System.nanoTime());
    person.signIn(coffer.freshLink());
    tabTo("new-workspace");
    person.press("Enter");
    awaitFocus("workspace-name");
    person.type(name);
    person.press("Enter");
    awaitFocus("unlock");
    unlockByEnter();
    assertThat(person.run("echo by keys > kept; cat kept")).isEqualTo("by keys");

    lockByPalette(name);
    awaitFocus("unlock");
    unlockByEnter();
    assertThat(person.run("cat kept")).isEqualTo("by keys");
    lockByPalette(name);
  }

  /** By the clock that both windows have: one call after the other would not be together. */
  private static void unlockTogether(List<Person> windows) {
    double at = System.currentTimeMillis() + TOGETHER_MILLIS;
    for (Person window : windows) {
      window.page().evaluate(PRESS_AT, at);
    }
  }

  @Test
  void opensInBothWindowsThatUnlockItAtTheSameMoment(Coffer coffer) {
    person.signIn(coffer.freshLink());
    person.createWorkspace("two-windows-" + Long.toHexString(System.nanoTime()));
    Person other = person.anotherWindow();
    other.awaitSeen("unlock");
    List<Person> windows = List.of(person, other);
    // On a busy machine one is so late that it is refused: open already.
    windows.forEach(window -> window.complaints().networkMayFail(true));
    unlockTogether(windows);
    windows.forEach(Person::awaitLive);
    windows.forEach(window -> window.complaints().networkMayFail(false));
    assertThat(person.run("echo from one > kept; cat kept")).isEqualTo("from one");
    assertThat(other.run("cat kept")).isEqualTo("from one");
    assertThat(person.problem()).isEmpty();
    assertThat(other.problem()).isEmpty();
    person.lock();
    other.awaitState("locked");
    other.assertNoComplaints();

    ApiClient reader = ApiClient.signedIn(coffer);
    String audit = "/api/audit?workspace=" + person.page().url().replaceAll(".*/w/", "");
    List<String> all =
        Await.value(
            "the ledger",
            PATIENCE,
            Duration.ofMillis(200),
            () ->
                Optional.of(kinds(reader.read(audit)))
                    .filter(kinds -> kinds.containsAll(List.of("key-granted", "session-locked"))));
    assertThat(all)
        .containsOnlyOnce("key-granted", "session-opening", "session-opened", "session-locked");
  }

  private static List<String> kinds(JsonNode audit) {
    return audit.path("entries").valueStream().map(entry -> entry.path("kind").asText()).toList();
  }

  @Test
  void saysThatAWorkspaceIsDamagedAndOpensItOnceItIsRestored(Coffer coffer) throws IOException {
    person.signIn(coffer.freshLink());
    person.createWorkspace("to be damaged");
    person.unlock();
    person.enter("echo whole > kept");
    person.awaitPrompt();
    person.lock();
    String id = person.page().url().replaceAll(".*/w/", "");
    Path conf = coffer.data().resolve("sandbox/cipher").resolve(id).resolve("gocryptfs.conf");
    Path backup = conf.resolveSibling("gocryptfs.conf.backup");
    Files.move(conf, backup);
    try {
      person.see("unlock").click();
      person.awaitState("broken");
      assertThat(person.see("vault-state").innerText()).isEqualTo("Damaged");
      assertThat(person.problem()).contains("workspace-damaged");
      assertThat(person.see("problem").innerText())
          .contains("nothing was opened and nothing changed", "Restore them from a backup");
      assertThat(person.page().title()).startsWith("Damaged");
      shots.everyLook(person, "damaged");
    } finally {
      Files.move(backup, conf);
    }
    person.unlock();
    assertThat(person.run("cat kept")).isEqualTo("whole");
    person.lock();
  }
}
