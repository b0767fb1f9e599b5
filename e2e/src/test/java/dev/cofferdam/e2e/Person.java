// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser window. Not thread-safe, like the page that it drives. */
final class Person implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** No answer; and what was asked for is being undone. */
  private static final Set<String> NOT_IN_TIME =
      Set.of("unavailable", "session-opening", "session-already-open");

  private static final String LIVE = "[data-testid=pane][data-link=live]:visible";

  private static final double ONE_PRESS_MILLIS = 2_000;

  private final BrowserContext context;
  private final Page page;
  private final Complaints complaints = new Complaints();

  Person(Chromium chromium, Look look) {
    this(chromium, look.context());
  }

  Person(Chromium chromium, Browser.NewContextOptions options) {
    context = chromium.browser().newContext(options);
    context.setDefaultTimeout(PATIENCE.toMillis());
    page = context.newPage();
    complaints.listenTo(page);
  }

  private Person(BrowserContext shared) {
    context = shared;
    page = context.newPage();
    complaints.listenTo(page);
  }

  /** Of the same browser: signed in as this one is, at the same place, and closed with it. */
  Person anotherWindow() {
    Person other = new Person(context);
    other.page.navigate(page.url());
    return other;
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  Complaints complaints() {
    return complaints;
  }

  Locator see(String testId) {
    return page.getByTestId(testId);
  }

  void awaitSeen(String testId) {
    see(testId).first().waitFor();
  }

  /** Changes theme and size of the same page, as a system's switch or a turned tablet does. */
  void look(Look look) {
    page.setViewportSize(look.width(), look.height());
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
  }

  void signIn(String link) {
    page.navigate(link);
    see("me").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
  }

  void createWorkspace(String name) {
    see("new-workspace").click();
    see("workspace-name").fill(name);
    see("create-workspace").click();
    page.waitForSelector("[data-testid=workspace][data-name='" + name + "']");
  }

  void openPage(String workspace) {
    page.locator("[data-testid=workspace-row][data-name='" + workspace + "'] a").click();
    page.waitForSelector("[data-testid=workspace][data-name='" + workspace + "']");
  }

  /**
   * Unlocks and waits for a terminal that takes keys and shows a prompt. As the page asks people
   * to, it tries again where a part gave no answer in time, as happens at first use on a busy
   * machine.
   */
  void unlock() {
    see("unlock").click();
    try {
      Await.until("a terminal", PATIENCE, () -> isLive() || (isToTryAgain() && opens()));
    } catch (AssertionError e) {
      throw new AssertionError("The page shows:\n" + page.innerText("main"), e);
    }
    awaitPrompt();
  }

  private boolean isLive() {
    return page.isVisible(LIVE);
  }

  private boolean isToTryAgain() {
    return problem().filter(NOT_IN_TIME::contains).isPresent();
  }

  /**
   * Presses Unlock where it is shown, and says whether a terminal takes keys. To be asked again and
   * again: an unlock may be refused, and the button may go while it is pressed.
   */
  boolean opens() {
    Locator unlock = see("unlock");
    if (unlock.isVisible()) {
      unlock.click(new Locator.ClickOptions().setTimeout(ONE_PRESS_MILLIS));
    }
    return isLive();
  }

  /** The shell waits for a line; what is typed before that, a program that ends may swallow. */
  void awaitPrompt() {
    awaitScreen("a prompt", text -> text.endsWith("$"));
  }

  void awaitLive() {
    page.waitForSelector(LIVE);
  }

  void awaitState(String state) {
    page.waitForSelector("[data-testid=workspace][data-state=" + state + "]");
  }

  /** Locks with the button, and says how long it took until the page said so. */
  Duration lock() {
    return Await.timed(
        () -> {
          see("lock").click();
          awaitState("locked");
        });
  }

  /** Presses it until that is shown: what moves just then, as a notice comes, is pressed beside. */
  void pressUntil(String testId, String shown) {
    Locator next = see(shown).first();
    Await.value(shown, PATIENCE, Duration.ofSeconds(1), () -> pressed(testId, next));
  }

  private Optional<Locator> pressed(String testId, Locator next) {
    if (!next.isVisible()) {
      see(testId).first().click();
    }
    return Optional.of(next).filter(Locator::isVisible);
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  void type(String text) {
    page.keyboard().type(text);
  }

  /** Types a command and Return. */
  void enter(String line) {
    type(line);
    press("Enter");
  }

  /** All text of the visible terminal, scrollback included. */
  String text() {
    Object read =
        page.locator("[data-testid=terminal]:visible")
            .evaluate("element => element.readTerminal()");
    return String.valueOf(read);
  }

  void awaitScreen(String what, Predicate<String> predicate) {
    awaitScreen(what, PATIENCE, predicate);
  }

  void awaitScreen(String what, Duration most, Predicate<String> predicate) {
    String[] last = {""};
    try {
      Await.until(
          what,
          most,
          () -> {
            last[0] = text();
            return predicate.test(last[0]);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the terminal shows:\n" + last[0], e.getCause());
    }
  }

  void awaitText(String text) {
    awaitScreen(text, shown -> shown.contains(text));
  }

  /** An empty screen with a prompt, the scrollback gone as well. */
  void clear() {
    awaitPrompt();
    enter("clear");
    awaitScreen("an empty screen", text -> text.endsWith("$") && !text.contains("\n"));
  }

  /** Another tab with a terminal of its own. */
  void openTab() {
    int before = see("tab").count();
    see("new-terminal").click();
    Await.until("another tab", PATIENCE, () -> see("tab").count() == before + 1);
    awaitLive();
    awaitPrompt();
  }

  /** Runs a command and returns what it wrote, between two marks that the echo can't contain. */
  String run(String command) {
    awaitPrompt();
    String mark = Long.toString(System.nanoTime(), 36);
    enter("echo " + mark + "'<'; " + command + "; echo '>'" + mark);
    Pattern between = Pattern.compile(mark + "<\\n(.*?)>" + mark, Pattern.DOTALL);
    String[] found = {""};
    awaitScreen(
        "the end of " + command,
        text -> {
          Matcher matcher = between.matcher(text);
          boolean seen = matcher.find();
          found[0] = seen ? matcher.group(1) : "";
          return seen;
        });
    awaitPrompt();
    return found[0].strip();
  }

  Optional<String> problem() {
    Locator shown = see("problem");
    return shown.count() == 0
        ? Optional.empty()
        : Optional.ofNullable(shown.first().getAttribute("data-problem"));
  }

  void assertNoComplaints() {
    assertThat(complaints.all()).as("console errors and policy violations").isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
