// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.cofferdam.testkit.SshHome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody whom an owner adds by their public key, each in a browser of their own. */
@ExtendWith(SharedCoffer.class)
class PersonByKeyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String OF_A_PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"
          + " (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";

  private final SshHome home = new SshHome();
  private final String name = "bob-" + UUID.randomUUID().toString().substring(0, 8);
  private Chromium chromium;
  private Person owner;
  private Person bob;

  @BeforeEach
  void open() {
    chromium = new Chromium();
    owner = new Person(chromium, Look.DARK);
    bob = new Person(chromium, Look.LIGHT);
    // Answers to people who are not signed in are refusals, which browsers write down.
    bob.complaints().networkMayFail(true);
  }

  @AfterEach
  void close() {
    try (Chromium closing = chromium;
        SshHome leaving = home) {
      owner.assertNoComplaints();
      bob.assertNoComplaints();
      assertThat(closing).isNotNull();
      assertThat(leaving).isNotNull();
    }
  }

  /** Pasted, as its owner has sent it. */
  private Locator addBob(Coffer coffer) {
    owner.signIn(coffer.freshLink());
    owner.page().navigate(coffer.origin() + "/people");
    owner.see("add-person").click();
    owner.see("person-name").fill(name);
    owner.see("public-key").fill(home.publicKey());
    owner.see("save-person").click();
    Locator row = owner.page().locator("[data-testid=person-row][data-name=" + name + "] a");
    row.waitFor();
    return row;
  }

  /** Runs the command that is shown in a real shell and pastes what it prints. */
  private void signInBob(Coffer coffer) {
    signIn(bob, coffer);
  }

  private void signIn(Person bob, Coffer coffer) {
    bob.page().navigate(coffer.origin());
    bob.see("way-ssh-key").click();
    bob.see("ssh-who").fill(name);
    bob.see("ssh-ask").click();
    Locator command = bob.see("ssh-command").locator("code");
    command.waitFor();
    bob.see("ssh-signature").fill(home.shell(command.textContent()));
    bob.see("ssh-sign-in").click();
    bob.awaitSeen("rail-settings");
  }

  @Test
  void anOpenPageSaysByItselfThatTheySignedInOnANewDevice(Coffer coffer) {
    addBob(coffer);
    signInBob(coffer);
    try (Person elsewhere = new Person(chromium, Look.LIGHT.context().setUserAgent(OF_A_PHONE))) {
      elsewhere.complaints().networkMayFail(true);
      signIn(elsewhere, coffer);
      Locator notice = bob.page().locator("[data-testid=security-notice][data-kind=new-device]");
      Await.until("the notice", PATIENCE, () -> notice.count() == 1);
      assertThat(notice.innerText()).contains("Signed in on a new device: Safari on iPhone");
    }
  }

  @Test
  void anOwnerAddsThemAndEndsTheirSignIn(Coffer coffer) {
    Locator row = addBob(coffer);
    signInBob(coffer);
    row.click();
    owner.awaitSeen("device-row");
    assertThat(owner.see("device-list").textContent()).contains(home.fingerprint());
    owner.see("end-others").click();
    owner.see("confirm").click();
    Await.until("bob to be out", PATIENCE, () -> bob.see("sign-in").count() == 1);
    Await.until("no browser", PATIENCE, () -> owner.see("device-row").count() == 0);
  }
}
