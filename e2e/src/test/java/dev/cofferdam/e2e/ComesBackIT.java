// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.cofferdam.testkit.SshHome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A page that was reloaded, lost its network or its gateway shows the same terminal again by
 * itself, with nothing missed and nothing twice. Its network is a cable that can be cut.
 */
@Tag("quiet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComesBackIT {
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  /** Some lines of these may have come before the cut. */
  private static final int SECONDS_BEFORE = 20;

  /** There is one person, and nobody else gets in. */
  private static final String ONLY = "auth-service:coffer.people.only=Ada";

  private final Shots shots = new Shots();
  private final Balancer cable = Balancer.open();
  private Coffer coffer;
  private Chromium chromium;
  private Person person;

  @BeforeAll
  void start() {
    chromium = new Chromium();
    coffer = Coffer.up(port -> List.of("--origin", cable.origin(), "--set", ONLY));
    cable.to(List.of(coffer.port()));
    person = new Person(chromium, Look.DARK);
    person.complaints().networkMayFail(true);
    person.signIn(coffer.freshLink());
    person.createWorkspace("counted");
    person.unlock();
  }

  @AfterAll
  void stop() {
    try (cable;
        Chromium closing = chromium;
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
  void letsInTheOneWhoseServerItIsAndTellsOthersSo() {
    assertThat(person.see("me").innerText()).contains("Ada");
    try (SshHome home = new SshHome();
        Person other = new Person(chromium, Look.DARK)) {
      other.complaints().networkMayFail(true);
      other.page().navigate(cable.origin());
      other.see("way-ssh-key").click();
      other.see("ssh-who").fill("Bob");
      other.see("ssh-ask").click();
      String command = other.see("ssh-command").locator("code").textContent();
      other.see("ssh-signature").fill(home.shell(command));
      other.see("ssh-sign-in").click();
      other.awaitSeen("problem");
      assertThat(other.see("problem").innerText()).contains("not registered", "Ask");
      shots.everyLook(other, "not-let-in");
      other.assertNoComplaints();
    }
  }

  @Test
  void afterAReload() {
    person.enter("same=terminal");
    Counting counting = Counting.begin(person, A_WHILE);
    person.page().reload();
    person.awaitLive();
    person.page().reload();
    person.awaitLive();
    counting.assertWhole(RECOVERY);
    assertThat(person.run("echo $same")).isEqualTo("terminal");
  }

  @Test
  void whenTheBrowserWasOffline() {
    Counting counting = Counting.begin(person, A_WHILE);
    person.context().setOffline(true);
    person.see("reconnecting").waitFor(new Locator.WaitForOptions().setTimeout(30_000));
    shots.everyLook(person, "reconnecting");
    person.context().setOffline(false);
    person.awaitLive();
    counting.assertWhole(RECOVERY);
  }

  /**
   * Nobody is told: neither FIN nor RST. The program goes on in the minute and longer, and does not
   * stand still.
   */
  @Test
  void whenTheNetworkWasSilentForAMinute() {
    person.enter("silent=shell");
    Counting counting = Counting.begin(person, MINUTE.plusSeconds(SECONDS_BEFORE));
    cable.cut();
    try {
      long cutAt = System.nanoTime();
      Await.until(
          "a minute of silence",
          MINUTE.multipliedBy(2),
          () -> System.nanoTime() - cutAt >= MINUTE.toNanos());
      assertThat(person.see("reconnecting").isVisible()).isTrue();
      assertThat(person.text()).doesNotContain(" " + SECONDS_BEFORE + "\n");
    } finally {
      cable.mend();
    }
    assertThat(Await.timed(person::awaitLive)).isLessThan(Duration.ofSeconds(10));
    counting.assertWhole(RECOVERY);
    assertThat(person.run("echo $silent")).isEqualTo("shell");
  }

  @Test
  void whenTheGatewayWasKilled() {
    person.enter("still=here");
    Counting counting = Counting.begin(person, A_WHILE);
    Coffer.Part gateway = coffer.part("terminal-gateway");
    Processes.kill(gateway.pid());
    coffer.awaitRestarted(gateway, RECOVERY);
    Duration recovery = Await.timed(person::awaitLive);
    assertThat(recovery).isLessThan(Duration.ofSeconds(5));
    counting.assertWhole(RECOVERY);
    assertThat(person.run("echo $still")).isEqualTo("here");
  }
}
