// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person can do, from the first link to the last lock, in a real browser. */
@ExtendWith(OneStory.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Shots shots = new Shots();
  private Coffer coffer;
  private Chromium chromium;
  private Person person;

  @BeforeAll
  void start() {
    chromium = new Chromium();
    coffer = Coffer.up();
    person = new Person(chromium, Look.DARK);
  }

  @AfterAll
  void stop() {
    try (Chromium closing = chromium;
        Coffer stopping = coffer) {
      assertThat(closing).isNotNull();
      assertThat(stopping).isNotNull();
    }
  }

  @AfterEach
  void nothingToComplainAbout() {
    person.assertNoComplaints();
  }

  @Test
  @Order(1)
  void leadsFromTheFirstLinkToATerminal() {
    person.signIn(coffer.link());
    person.awaitSeen("empty");
    assertThat(person.page().url()).as("the token is in no address").doesNotContain("#");
    shots.everyLook(person, "empty");

    person.see("new-workspace").click();
    person.see("workspace-name").fill("a/b");
    person.see("create-workspace").click();
    assertThat(person.see("name-rule").textContent()).contains("Letters");
    shots.everyLook(person, "new-workspace");
    person.press("Escape");
    person.createWorkspace("notes");
    shots.everyLook(person, "never-opened");

    person.unlock();
    assertThat(person.see("statusline").innerText())
        .containsPattern("Open · (10:00|9:5\\d) left when idle");
    shots.everyLook(person, "terminal");
    person.page().navigate(coffer.origin());
    person.awaitSeen("workspaces");
    shots.everyLook(person, "workspaces");
    person.openPage("notes");
    person.awaitLive();
  }

  @Test
  @Order(2)
  void showsTheStepsOfUnlockingAsTheyHappen() {
    person.lock();
    person
        .page()
        .evaluate(
            "() => { window.seen = []; new MutationObserver(() => document"
                + ".querySelectorAll('[data-testid=unlock-steps] li[data-step]')"
                + ".forEach(li => window.seen.includes(li.innerText) || window.seen.push(li.innerText)))"
                + ".observe(document.body, {subtree: true, childList: true}); }");
    person.unlock();
    List<?> seen = (List<?>) person.page().evaluate("() => window.seen");
    assertThat(seen.stream().map(String::valueOf))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(text -> Pattern.compile("\\d+(\\.\\d)? m?s").matcher(text).find());
  }

  @Test
  @Order(3)
  void refusesAUsedLinkWithAPageThatSaysWhatToDo() {
    try (Person other = new Person(chromium, Look.DARK)) {
      other.complaints().networkMayFail(true);
      other.page().navigate(coffer.link());
      other.awaitSeen("link-dead");
      assertThat(other.page().content()).contains("./coffer link");
      shots.everyLook(other, "used-link");
      other.page().navigate(coffer.origin());
      other.awaitSeen("sign-in");
      shots.everyLook(other, "sign-in");
      other.assertNoComplaints();
    }
  }

  @Test
  @Order(4)
  void runsFullScreenPrograms() {
    person.enter("vim a.txt");
    person.awaitScreen("vim", text -> text.contains("[New]"));
    person.type("iwritten in vim");
    person.awaitText("-- INSERT --");
    shots.take(person, "vim");
    person.press("Escape");
    person.enter(":wq");
    assertThat(person.run("cat a.txt")).isEqualTo("written in vim");

    person.awaitPrompt();
    person.enter("tmux");
    person.awaitScreen("tmux's line", text -> text.contains("[0] 0:"));
    shots.take(person, "tmux");
    person.enter("exit");
    person.awaitText("[exited]");
    person.awaitPrompt();

    person.enter("htop");
    person.awaitScreen("htop's table", text -> text.contains("PID") && text.contains("Help"));
    shots.take(person, "htop");
    person.type("q");
    assertThat(person.run("echo back")).isEqualTo("back");
  }

  @Test
  @Order(5)
  void showsColoursWideCharactersAndEmoji() {
    String bar =
        "for i in $(seq 0 8 255); do printf '\\e[48;2;%d;80;%dm ' $i $((255-i)); done; printf '\\e[0m\\n'";
    person.clear();
    person.enter(bar);
    person.awaitPrompt();
    person.enter("echo '日本語 한국어 Ελληνικά ┌─┐ 👩‍👩‍👧 🇩🇪 é'");
    person.awaitText("\n日本語 한국어 Ελληνικά ┌─┐ 👩‍👩‍👧 🇩🇪 é");
    person.enter("printf '\\e[2m%s\\e[0m\\n' dim''med");
    person.awaitText("\ndimmed");
    Locator cells = person.page().locator("[data-testid=terminal]:visible .xterm-rows span");
    Object colours = cells.evaluateAll("all => all.map(cell => cell.style.backgroundColor).join()");
    assertThat(String.valueOf(colours)).contains("rgb(128, 80, 127)");
    shots.everyLook(person, "colours");
  }

  @Test
  @Order(6)
  void followsTheWindowsSize() {
    String before = person.run("stty size");
    person.page().setViewportSize(900, 500);
    Await.until(
        "another size", Duration.ofSeconds(5), () -> !person.run("stty size").equals(before));
    person.look(Look.DARK);
    Await.until(
        "the old size", Duration.ofSeconds(5), () -> person.run("stty size").equals(before));
  }

  @Test
  @Order(7)
  void asksBeforeItOpensALink() {
    person.clear();
    person.enter("echo https://example.org/from-a-program");
    Locator row =
        person
            .page()
            .locator("[data-testid=terminal]:visible .xterm-rows > div")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^https://example")));
    row.first().waitFor();
    row.first().hover(new Locator.HoverOptions().setPosition(60, 8).setForce(true));
    row.first().click(new Locator.ClickOptions().setPosition(62, 8).setForce(true));
    person.awaitSeen("link-dialog");
    assertThat(person.see("link-url").textContent()).contains("https://example.org/from-a-program");
    shots.everyLook(person, "link-asked");
    person.press("Escape");
    assertThat(person.context().pages()).hasSize(1);
    assertThat(person.run("echo still here")).as("focus is back").isEqualTo("still here");
  }

  @Test
  @Order(8)
  void sendsMouseAndPasteAndCopies() {
    person.enter("clear; printf '\\e[?1000h\\e[?1006hready'; cat -v");
    person.awaitScreen("that it listens to the mouse", text -> text.strip().equals("ready"));
    person.page().locator("[data-testid=terminal]:visible").click();
    person.awaitText("^[[<0;");
    person.press("Control+c");
    person.run("printf '\\e[?1000l\\e[?1006l'");

    paste("echo pasted-one\necho pasted-two");
    person.awaitScreen(
        "both lines, not yet run",
        text -> text.contains("echo pasted-two") && !text.contains("\npasted-one"));
    person.press("Enter");
    person.awaitText("\npasted-two");

    person.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    person.clear();
    person.enter("echo to-be-copied");
    Locator row =
        person
            .page()
            .locator("[data-testid=terminal]:visible .xterm-rows > div")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^to-be-copied")));
    row.first().dblclick(new Locator.DblclickOptions().setPosition(20, 8).setForce(true));
    person.press("Control+c");
    Await.until(
        "the word on the clipboard",
        Duration.ofSeconds(5),
        () ->
            "to-be-copied".equals(person.page().evaluate("() => navigator.clipboard.readText()")));
  }

  private void paste(String text) {
    person
        .page()
        .evaluate(
            "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
                + " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
                + " {clipboardData: data, bubbles: true, cancelable: true})); }",
            text);
  }

  @Test
  @Order(9)
  void keepsTenThousandLinesAndSeveralTerminals() {
    person.enter("seq -f 'row-%g' 1 12000");
    person.awaitText("row-12000");
    assertThat(person.text()).contains("row-2100\n").contains("row-7000\n");

    person.openTab();
    assertThat(person.run("tty")).isEqualTo("/dev/pts/1");
    assertThat(person.see("tab").count()).isEqualTo(2);
    shots.everyLook(person, "two-terminals");
    person.see("close-tab").last().click();
    person.see("confirm").click();
    Await.until("one tab", Duration.ofSeconds(5), () -> person.see("tab").count() == 1);
    assertThat(person.run("tty")).isEqualTo("/dev/pts/0");
  }

  @Test
  @Order(10)
  void bringsATerminalBackWithWhatItShowedItsTitleAndWhatRan() {
    String mark = Long.toHexString(System.nanoTime());
    person.clear();
    person.enter(
        "printf '\\033]2;%s %s\\007' my title; echo above''-"
            + mark
            + "; seq 100; sleep 1007; echo never''-started");
    person.awaitScreen("what is above the screen, and below", text -> text.endsWith("\n100"));
    person.lock();

    person.unlock();

    assertThat(person.text())
        .contains("above-" + mark, "\n99\n100\n", "was running: `sleep 1007`]")
        .doesNotContain("never-started");
    assertThat(person.see("tab").count()).isEqualTo(1);
    assertThat(person.see("tab").innerText()).contains("my title");
    assertThat(person.run("echo go on")).isEqualTo("go on");
  }

  @Test
  @Order(11)
  void showsAPromptSoonBehindWhatWasMadeToBeSlowToShow() {
    person.clear();
    person.enter("yes \"$(printf 'slow\\e[24S\\e[24T\\e[24L\\e[24M')\"");
    person.awaitText("slow");
    person.lock();

    person.see("unlock").click();
    person.awaitLive();
    assertThat(Await.timed(() -> person.awaitScreen("a prompt", text -> text.endsWith("$"))))
        .isLessThan(Duration.ofSeconds(3));
    assertThat(person.text()).contains("was running: `yes ");
    assertThat(person.run("echo go on")).isEqualTo("go on");
  }

  @Test
  @Order(12)
  void blinksACursorOfAnyShapeButNotForWhoWantsNoMotion() {
    BlinkingCursor cursor = new BlinkingCursor(person);
    assertThat(cursor.shape(5, "bar").changes()).containsExactly(false, false, true, false);
    assertThat(cursor.shape(3, "underline").changes()).containsExactly(false, false, false, true);
    assertThat(cursor.shape(1, "block").changes()).startsWith(true, true);
    person.page().emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    assertThat(cursor.changes()).containsOnly(false);
    person.page().emulateMedia(new EmulateMediaOptions().setReducedMotion(null));
  }

  @Test
  @Order(13)
  void leavesCiphertextOnlyOnceLocked() {
    String marker = "plain-" + Long.toHexString(System.nanoTime());
    person.run("echo " + marker + " > " + marker + ".txt; sync");
    Sandbox sandbox = Sandbox.of(coffer);
    assertThat(filesWith(marker)).as("while open").isEmpty();

    // The page hears of it behind the sandbox's end, on a busy machine some time behind.
    assertThat(person.lock()).as("the page says so").isLessThan(Duration.ofSeconds(5));
    Await.until("process and mount to be gone", SECOND, sandbox::isGone);
    assertThat(person.see("lock-reason").textContent()).contains("You locked it");
    assertThat(filesWith(marker)).as("while locked").isEmpty();
    shots.everyLook(person, "locked");

    person.unlock();
    assertThat(person.run("cat " + marker + ".txt")).isEqualTo(marker);
  }

  private List<Path> filesWith(String marker) {
    Needles needles = new Needles().add("marker", marker.getBytes(StandardCharsets.UTF_8));
    return Trees.files(coffer.data()).stream()
        .filter(
            file -> file.getFileName().toString().contains(marker) || !needles.in(file).isEmpty())
        .toList();
  }

  @Test
  @Order(14)
  void keepsEveryWorkspaceOverAStop() {
    person.complaints().networkMayFail(true);
    person.page().navigate(coffer.origin());
    person.awaitSeen("workspaces");
    person.createWorkspace("second");
    person.page().navigate(coffer.origin());
    person.awaitSeen("workspaces");
    assertThat(coffer.down().status()).isZero();
    person.awaitSeen("stale");
    shots.everyLook(person, "stopped");

    String wrong = Base64.getEncoder().encodeToString(new byte[32]);
    Command.Result refused =
        coffer.command("up").and("--detach").environment("COFFER_UNSEAL_KEY", wrong).run();
    assertThat(refused.status()).as(refused.said()).isNotZero();
    assertThat(refused.said()).contains("unseal key");
    assertThat(Processes.mentioning(coffer.data().toString())).as("left running").isEmpty();

    coffer.start();
    Await.until("word from the server", RECOVERY, () -> person.see("stale").count() == 0);
    assertThat(person.see("workspace-row").count()).isEqualTo(2);
    person.openPage("notes");
    person.unlock();
    assertThat(person.run("cat a.txt")).isEqualTo("written in vim");
    person.lock();
  }

  @Test
  @Order(15)
  void deletesAWorkspaceOnlyUnderItsName() {
    person.page().navigate(coffer.origin());
    person.openPage("second");
    person.see("delete-workspace").click();
    person.see("delete-name").fill("secon");
    assertThat(person.see("confirm-delete").isDisabled()).isTrue();
    shots.everyLook(person, "delete");
    person.see("delete-name").fill("second");
    person.see("confirm-delete").click();
    person.awaitSeen("notice");
    assertThat(person.see("notice").textContent()).contains("key in the vault is destroyed");
    shots.everyLook(person, "deleted");
    assertThat(person.see("workspace-row").count()).isEqualTo(1);
  }

  @Test
  @Order(16)
  void signsOut() {
    person.see("sign-out").click();
    person.awaitSeen("signed-out");
    shots.everyLook(person, "signed-out");
    person.page().navigate(coffer.origin());
    person.awaitSeen("sign-in");
  }
}
