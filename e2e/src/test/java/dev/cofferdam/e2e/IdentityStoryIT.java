// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who somebody is: every way in, what they sign in with, and who looks after whom. */
@Tag("side-by-side")
@ExtendWith(OneStory.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdentityStoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final Pattern FIGURES =
      Pattern.compile("(In use|Idle for \\d+ s) · No terminal · CPU \\d+ % · Memory \\d+ MB");

  private final Shots shots = new Shots();
  private final KeyHome laptop = new KeyHome("laptop");
  private final KeyHome elsewhere = new KeyHome("elsewhere");
  private Coffer coffer;
  private Chromium chromium;
  private Person owner;
  private Person member;
  private Authenticator authenticator;
  private String ownerName = "";
  private String invitation = "";

  @BeforeAll
  void start() {
    chromium = new Chromium();
    coffer = Coffer.up();
    owner = new Person(chromium, Look.DARK);
    member = new Person(chromium, Look.DARK);
    // Answers to people who are not signed in are refusals, which browsers write down.
    owner.complaints().networkMayFail(true);
    member.complaints().networkMayFail(true);
    authenticator = new Authenticator(owner.page());
  }

  @AfterAll
  void stop() {
    try (Chromium closing = chromium;
        Coffer stopping = coffer;
        KeyHome one = laptop;
        KeyHome other = elsewhere) {
      assertThat(List.of(closing, stopping, one, other)).doesNotContainNull();
    }
  }

  @AfterEach
  void nothingToComplainAbout() {
    owner.assertNoComplaints();
    member.assertNoComplaints();
  }

  @Test
  @Order(1)
  void showsEveryWayIn() {
    owner.page().navigate(coffer.origin());
    owner.awaitSeen("way-passkey");
    owner.awaitSeen("way-ssh-key");
    assertThat(owner.see("way-link").textContent()).contains("./coffer link");
    shots.everyLook(owner, "ways-in");
    owner.page().navigate(coffer.origin() + "/sign-in?problem=no-such-reason");
    owner.awaitSeen("problem");
    shots.everyLook(owner, "provider-refused");
    owner.page().navigate(coffer.origin() + "/invitation");
    owner.awaitSeen("invitation-missing");
    shots.everyLook(owner, "invitation-missing");
  }

  @Test
  @Order(2)
  void addsAPasskeyAndSignsInWithIt() {
    owner.signIn(coffer.link());
    ownerName = owner.see("me").textContent();
    owner.see("rail-settings").click();
    owner.awaitSeen("settings");
    shots.everyLook(owner, "settings-empty");
    owner.see("add-passkey").click();
    owner.see("passkey-name").fill("this laptop");
    shots.everyLook(owner, "add-passkey");
    owner.see("save-passkey").click();
    owner.awaitSeen("passkey-row");

    signOut(owner);
    owner.see("way-passkey").click();
    owner.awaitSeen("rail-settings");
    owner.see("rail-settings").click();
    Await.until(
        "a passkey that was used",
        PATIENCE,
        () -> owner.see("passkey-row").textContent().contains("last used"));
  }

  private static void signOut(Person person) {
    person.see("sign-out").click();
    person.awaitSeen("signed-out");
  }

  @Test
  @Order(3)
  void addsTheKeyThatSignsForIt() {
    owner.see("add-ssh-key").click();
    owner.see("ssh-command").locator("code").waitFor();
    shots.everyLook(owner, "add-ssh-key");
    owner.see("key-name").fill("laptop");
    owner.see("ssh-signature").fill(laptop.publicKey());
    owner.see("save-key").click();
    assertThat(owner.see("rule").last().textContent()).contains("BEGIN SSH SIGNATURE");
    String forSigningIn = "coffer-login-v1@localhost";
    sign(owner, laptop, command -> command.replaceFirst("-n [^ ]+", "-n " + forSigningIn));
    owner.see("save-key").click();
    owner.awaitSeen("problem");
    assertThat(owner.see("problem").textContent()).contains("signed for something else");
    shots.everyLook(owner, "add-ssh-key-refused");
    sign(owner, laptop, command -> command);
    owner.see("save-key").click();
    owner.awaitSeen("ssh-key-row");
    assertThat(owner.see("fingerprint").textContent().strip()).isEqualTo(laptop.fingerprint());
    shots.everyLook(owner, "settings");
  }

  @Test
  @Order(4)
  void signsInWithAnSshKeyAndSaysSoWhenItIsNone() {
    signOut(owner);
    answerAsFrom(owner, ownerName, elsewhere);
    owner.awaitSeen("problem");
    assertThat(owner.see("problem").textContent()).contains("not registered");
    shots.everyLook(owner, "ssh-key-refused");
    owner.see("other-ways").click();
    answerAsFrom(owner, ownerName, laptop);
    owner.awaitSeen("rail-settings");
  }

  /** Asks for the command, runs it in a real shell, and pastes back what it prints. */
  private void answerAsFrom(Person person, String name, KeyHome home) {
    person.see("way-ssh-key").click();
    person.see("ssh-who").fill(name);
    person.see("ssh-ask").click();
    answer(person, home);
  }

  private void answer(Person person, KeyHome home) {
    Locator command = person.see("ssh-command").locator("code");
    command.waitFor();
    shots.everyLook(person, "ssh-key-command");
    sign(person, home, shown -> shown);
    person.see("ssh-sign-in").click();
  }

  /** Runs the command that is shown, or one like it, and pastes what a terminal would show. */
  private static void sign(Person person, KeyHome home, UnaryOperator<String> change) {
    Locator command = person.see("ssh-command").locator("code");
    command.waitFor();
    String signature = home.shell(change.apply(command.textContent()));
    person.see("ssh-signature").fill("$ ssh-keygen …\n" + signature);
  }

  @Test
  @Order(5)
  void findsEverythingByKeyboard() {
    owner.press("Control+k");
    owner.awaitSeen("palette");
    shots.everyLook(owner, "palette");
    owner.type("histo");
    owner.press("Enter");
    owner.page().waitForSelector("[data-testid=activity][data-tab=sign-ins]");
    owner.press("g");
    owner.press("s");
    owner.awaitSeen("settings");
    owner.press("?");
    owner.awaitSeen("palette");
    owner.press("Escape");
    Await.until("no palette", PATIENCE, () -> owner.see("palette").count() == 0);
  }

  @Test
  @Order(6)
  void showsWhereOneIsSignedInAndEndsTheOthers() {
    try (Person other = new Person(chromium, Look.LIGHT)) {
      other.complaints().networkMayFail(true);
      other.signIn(coffer.freshLink());
      owner.page().navigate(coffer.origin() + "/activity");
      Await.until("both browsers", PATIENCE, () -> owner.see("device-row").count() == 2);
      assertThat(owner.see("device-list").textContent()).contains(laptop.fingerprint());
      shots.everyLook(owner, "activity");
      owner.see("end-others").click();
      shots.everyLook(owner, "end-others");
      owner.see("confirm").click();
      other.see("sign-in").waitFor(new Locator.WaitForOptions().setTimeout(5_000));
      Await.until("one browser", PATIENCE, () -> owner.see("device-row").count() == 1);
    }
  }

  @Test
  @Order(7)
  void tellsOfWhatWasTriedAndWhatIsNew() {
    owner.page().navigate(coffer.origin() + "/activity/sign-ins");
    owner.awaitSeen("history-row");
    assertThat(owner.page().locator("[data-what=signed-in]").count()).isPositive();
    assertThat(owner.page().locator("[data-what=ended]").count()).isPositive();
    shots.everyLook(owner, "history");
    owner.awaitSeen("security-notice");
    int before = owner.see("dismiss-notice").count();
    owner.see("dismiss-notice").first().click();
    assertThat(before).isPositive();
  }

  @Test
  @Order(8)
  void invitesSomebodyWhoRegistersTheirOwnKey() {
    owner.page().navigate(coffer.origin() + "/people");
    owner.awaitSeen("person-row");
    shots.everyLook(owner, "people");
    owner.page().navigate(coffer.origin() + "/people/invitations");
    owner.pressUntil("invite", "invite-name");
    owner.see("invite-name").fill("ada");
    shots.everyLook(owner, "invite");
    owner.see("make-invitation").click();
    Locator link = owner.see("invitation-link").locator("code");
    link.waitFor();
    invitation = link.textContent();
    shots.everyLook(owner, "invitation-made");
    owner.see("done").click();
    owner.awaitSeen("invitation-row");
    shots.everyLook(owner, "invitations");

    member.page().navigate(invitation);
    member.awaitSeen("invitation");
    assertThat(member.page().url()).as("the token is in no address").doesNotContain("#");
    shots.everyLook(member, "invitation");
    sign(member, elsewhere, command -> command);
    member.see("key-name").fill("elsewhere");
    member.see("join").click();
    member.awaitSeen("invitation-done");
    shots.everyLook(member, "invitation-done");
    member.see("ssh-ask").click();
    answer(member, elsewhere);
    member.awaitSeen("rail-settings");
    assertThat(member.see("me").textContent()).isEqualTo("ada");
  }

  @Test
  @Order(9)
  void hidesPlacesFromWhoeverMayNotEnterThem() {
    assertThat(member.see("rail-people").count()).isZero();
    member.page().navigate(coffer.origin() + "/people");
    member.awaitSeen("not-found");
    shots.everyLook(member, "people-hidden");
    try (Person late = new Person(chromium, Look.DARK)) {
      late.complaints().networkMayFail(true);
      late.page().navigate(invitation);
      late.awaitSeen("problem");
      shots.everyLook(late, "invitation-spent");
    }
  }

  @Test
  @Order(10)
  void looksAfterAPersonAndShutsThemOut() {
    owner.page().navigate(coffer.origin() + "/people");
    owner.page().locator("[data-testid=person-row][data-name=ada] a").click();
    owner.awaitSeen("person");
    owner.see("quota-workspaces").fill("many");
    owner.see("save-quotas").click();
    assertThat(owner.see("rule").first().textContent()).contains("0 to 1000");
    owner.see("quota-workspaces").fill("3");
    owner.see("save-quotas").click();
    Await.until("saved", PATIENCE, () -> owner.see("quotas-saved").textContent().contains("Saved"));
    shots.everyLook(owner, "person");
    owner.see("switch-person").click();
    shots.everyLook(owner, "disable-person");
    owner.see("confirm").click();
    owner.page().waitForSelector("[data-testid=person][data-disabled=true]");
    shots.everyLook(owner, "person-disabled");
    member.page().navigate(coffer.origin());
    Await.until("the member to be out", AT_ONCE, () -> member.see("sign-in").count() == 1);
  }

  @Test
  @Order(11)
  void makesAKeyForAProgramAndShowsItOnce() {
    owner.page().navigate(coffer.origin() + "/settings/api-keys");
    owner.see("new-api-key").click();
    owner.see("make-api-key").click();
    assertThat(owner.see("rule").count()).isEqualTo(2);
    shots.everyLook(owner, "new-api-key");
    owner.see("api-key-name").fill("nightly build");
    owner.page().locator("[data-verb='workspace.list']").check();
    owner.see("make-api-key").click();
    Locator text = owner.see("api-key").locator("code");
    text.waitFor();
    String key = text.textContent();
    assertThat(key).startsWith("coffer_");
    shots.everyLook(owner, "api-key-made");
    owner.see("done").click();
    owner.awaitSeen("api-key-row");
    assertThat(owner.page().content()).doesNotContain(key);
    shots.everyLook(owner, "api-keys");
    owner.see("revoke").click();
    owner.see("confirm").click();
    Await.until("no key", PATIENCE, () -> owner.see("api-key-row").count() == 0);
  }

  @Test
  @Order(12)
  void showsProgramsProvidersAndTheReference() {
    owner.page().navigate(coffer.origin() + "/people/service-accounts");
    owner.see("add-service-account").click();
    owner.see("service-account-name").fill("build server");
    owner.see("save-service-account").click();
    owner.see("show-keys").click();
    owner.awaitSeen("api-keys");
    shots.everyLook(owner, "service-accounts");
    owner.page().navigate(coffer.origin() + "/people/providers");
    owner.awaitSeen("people");
    shots.everyLook(owner, "providers");
    owner.page().navigate(coffer.origin() + "/reference");
    owner.see("reference-search").fill("post workspaces");
    owner.see("route").first().locator("summary").click();
    shots.everyLook(owner, "reference");
  }

  @Test
  @Order(13)
  void locksWhatIsOpenOnThisServer() {
    ApiClient program = ApiClient.signedIn(coffer);
    String workspace = program.createWorkspace("left open");
    owner.page().navigate(coffer.origin() + "/people/open");
    owner.page().getByText("The disk holds ciphertext only").waitFor();
    // From here on the page is told: nothing is loaded by hand.
    String session = program.unlock(workspace);
    Locator row = owner.page().locator("[data-session='" + session + "']");
    row.waitFor();
    Await.until("that it is open", PATIENCE, () -> row.textContent().contains("open since"));
    assertThat(row.textContent()).contains("One-time link", "From 127.0.0.1");
    // Its sandbox is measured while the page is looked at, and says how busy it is with its lease.
    Locator figures = row.getByTestId("open-figures");
    Await.until(
        "all figures",
        Duration.ofSeconds(25),
        () -> FIGURES.matcher(figures.textContent()).matches());
    shots.everyLook(owner, "open-now");
    owner.page().navigate(coffer.origin() + "/activity");
    owner.awaitSeen("my-open-list");
    shots.everyLook(owner, "my-open");
    owner.page().navigate(coffer.origin() + "/people/open");
    row.waitFor();
    row.getByTestId("lock-other").click();
    shots.everyLook(owner, "lock-other");
    owner.see("confirm").click();
    Await.until("locked", PATIENCE, () -> row.count() == 0);
  }

  @Test
  @Order(14)
  void revokesWhatAnotherSignInCameWith() {
    owner.page().navigate(coffer.origin() + "/settings");
    owner.see("ssh-key-row").getByTestId("revoke").click();
    shots.everyLook(owner, "revoke-key");
    owner.see("confirm").click();
    owner.see("sign-in").waitFor(new Locator.WaitForOptions().setTimeout(5_000));
  }

  @Test
  @Order(15)
  void keepsNoTokenInTheBrowser() {
    Object kept =
        owner
            .page()
            .evaluate(
                "() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)]"
                    + ".filter(([name]) => !name.startsWith('coffer.')).map(String)"
                    + ".concat(Object.values(localStorage).filter(value => value.length > 20))"
                    + ".concat(document.cookie ? [document.cookie] : [])");
    assertThat((List<?>) kept).isEmpty();
    assertThat(authenticator).isNotNull();
  }
}
