// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.cofferdam.testkit.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of a server stops: by the command, by an owner's button, or because every part hangs. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class StoppedServerIT {
  private static final int LEASE_SECONDS = 6;

  /** The lease, and five more until nothing is left. */
  private static final Duration LONGEST = Duration.ofSeconds(LEASE_SECONDS + 5);

  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final Duration RESTART = Duration.ofSeconds(60);

  private final int managementPort = FreePort.pick();
  private Coffer coffer;

  @BeforeAll
  void start() {
    coffer =
        Coffer.up(
            "session-service:coffer.session.lease-seconds=" + LEASE_SECONDS,
            "session-service:quarkus.management.port=" + managementPort,
            "terminal-gateway:coffer.lease.every=2s");
  }

  @AfterAll
  void stop() {
    coffer.close();
  }

  /** As on a machine that is paged out or stopped by hand: nothing can renew a lease. */
  @Test
  @Order(2)
  void everyPartFrozenTheSandboxLocksItself() {
    ApiClient owner = ApiClient.signedIn(coffer);
    owner.unlock(owner.createWorkspace("frozen"));
    Sandbox sandbox = Sandbox.of(coffer);
    List<Long> parts = new ArrayList<>();
    parts.add(coffer.supervisor());
    for (Coffer.Part part : coffer.parts()) {
      parts.add(part.pid());
    }
    long[] frozen = parts.stream().mapToLong(Long::longValue).toArray();
    Processes.signal("STOP", frozen);
    try {
      assertThat(sandbox.isGone()).isFalse();
      Await.until("the sandbox to have locked itself", LONGEST, sandbox::isGone);
    } finally {
      Processes.signal("CONT", frozen);
    }
    Await.until(
        "known as locked",
        Duration.ofSeconds(60),
        () -> owner.send(owner.get("/api/sessions")).text().equals("[]"));
  }

  /** Nobody can have the box killed then: its agent ends it, or its lease does. */
  @Test
  @Order(3)
  void sandboxHostFrozenWhatIsLockedIsGoneInTime() {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("host frozen");
    String session = owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);
    Coffer.Part host = coffer.part("sandbox-host");
    Processes.signal("STOP", host.pid());
    try {
      owner.send(owner.post("/api/sessions/" + session + "/lock", "{}"));
      Await.until("the sandbox to be gone", LONGEST, sandbox::isGone);
    } finally {
      Processes.signal("CONT", host.pid());
    }
    Await.until(
        "known as locked",
        RESTART,
        () -> owner.send(owner.get("/api/sessions")).text().equals("[]"));
  }

  /** No renewal comes, or none is signed; nobody else is told that anything is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"terminal-gateway", "session-service"})
  @Order(3)
  void oneServiceFrozenTheSandboxLocksItself(String name) {
    ApiClient owner = ApiClient.signedIn(coffer);
    owner.unlock(owner.createWorkspace(name + " frozen"));
    Sandbox sandbox = Sandbox.of(coffer);
    Coffer.Part part = coffer.part(name);
    Processes.signal("STOP", part.pid());
    try {
      assertThat(sandbox.isGone()).isFalse();
      Await.until("the sandbox to have locked itself", LONGEST, sandbox::isGone);
      assertThat(coffer.part(name).pid()).as("frozen all the while").isEqualTo(part.pid());
    } finally {
      Processes.signal("CONT", part.pid());
    }
    Await.until(
        "known as locked",
        RESTART,
        () -> owner.send(owner.get("/api/sessions")).text().equals("[]"));
  }

  @Test
  @Order(1)
  void locksEverythingAndSignsEverybodyOutUntilItIsLifted() {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("stopped");
    owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);

    Command.Result stopped = coffer.command("emergency-stop").run();

    assertThat(stopped.status()).as(stopped.said()).isZero();
    assertThat(stopped.out()).contains("1 open workspaces", "emergency-stop --lift");
    Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
    Await.until(
        "nobody signed in",
        SECONDS,
        () -> owner.send(owner.get("/api/workspaces")).status() == 401);
    assertRefused(workspace);

    Coffer.Part before = coffer.part("session-service");
    Processes.kill(before.pid());
    coffer.awaitRestarted(before, RESTART);
    assertRefused(workspace);

    Command.Result lifted = coffer.command("emergency-stop").and("--lift").run();
    assertThat(lifted.status()).as(lifted.said()).isZero();
    ApiClient again = ApiClient.signedIn(coffer);
    again.unlock(workspace);
    anOwnerDoesTheSameFromThePage(again, workspace);
  }

  private void anOwnerDoesTheSameFromThePage(ApiClient owner, String workspace) {
    Sandbox sandbox = Sandbox.of(coffer);
    try (Chromium chromium = new Chromium();
        Person person = new Person(chromium, Look.DARK)) {
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.awaitSeen("stop-all");
      person.look(Look.DARK);
      person.see("stop-all").click();
      person.see("confirm").click();
      Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
      Await.until(
          "nobody signed in",
          SECONDS,
          () -> owner.send(owner.get("/api/workspaces")).status() == 401);
      assertRefused(workspace);
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.see("lift-stop").click();
      person.see("confirm").click();
      person.awaitSeen("stop-all");
      theAlertIsANumber();
      theAlertIsDealtWith(person);
    }
    ApiClient again = ApiClient.signedIn(coffer);
    again.lock(again.unlock(workspace));
  }

  /** People read it at once and nothing opens; what is open locks when it was said to. */
  @Test
  @Order(4)
  void maintenanceIsAnnouncedAndLocksWhatIsOpen() {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("maintained");
    owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);
    try (Chromium chromium = new Chromium();
        Person person = new Person(chromium, Look.DARK);
        Person other = new Person(chromium, Look.DARK)) {
      other.signIn(coffer.freshLink());
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.see("maintenance-words").fill("A new disk.");
      person.see("plan-maintenance").click();
      other.awaitSeen("maintenance-notice");
      assertThat(other.see("maintenance-notice").innerText()).contains("A new disk.", "lock at");
      new Shots().everyLook(person, "maintenance");
      assertThat(sandbox.isGone()).isFalse();
      assertThat(
              owner
                  .send(owner.changing("PUT", "/api/maintenance", "{\"locksInMinutes\":0}"))
                  .status())
          .isEqualTo(200);
      Await.until("the sandbox to be gone", SECONDS.multipliedBy(2), sandbox::isGone);
      assertThat(owner.send(owner.post("/api/workspaces/" + workspace + "/unlock", "{}")).text())
          .contains("/maintenance");
      person.see("end-maintenance").click();
      person.see("confirm").click();
      other
          .page()
          .getByTestId("maintenance-notice")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      person.assertNoComplaints();
    }
    owner.lock(owner.unlock(workspace));
  }

  /** The same from the machine. */
  @Test
  @Order(5)
  void maintenanceByTheCommandToo() {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("maintained by command");
    owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);
    assertThat(maintenance("show").out()).contains("There is no maintenance.");

    maintenance("begin", "--minutes", "60", "--notice", "Eine neue Platte für „alle“");

    assertThat(maintenance("show").out()).contains("Eine neue Platte für „alle“", "locks at 20");
    assertThat(owner.read("/api/maintenance").path("notice").asText())
        .isEqualTo("Eine neue Platte für „alle“");
    assertThat(sandbox.isGone()).isFalse();
    maintenance("begin", "--minutes", "0");
    Await.until("the sandbox to be gone", SECONDS.multipliedBy(2), sandbox::isGone);
    String unlock = "/api/workspaces/" + workspace + "/unlock";
    assertThat(owner.send(owner.post(unlock, "{}")).text()).contains("/maintenance");
    assertThat(maintenance("end").out()).contains("over");
    owner.lock(owner.unlock(workspace));
    Command.Result wrong = coffer.command("maintenance").and("begin").run();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err().strip().lines()).singleElement().asString().contains("--minutes");
  }

  private Command.Result maintenance(String... words) {
    Command.Result result = coffer.command("maintenance").and(words).run();
    assertThat(result.status()).as(result.said()).isZero();
    return result;
  }

  /** Also Vault is closed then: only who has the unseal key opens it, whatever is started again. */
  @Test
  @Order(6)
  void sealedItTakesTheUnsealKeyToGoOn() {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("sealed");
    owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);

    Command.Result stopped = coffer.command("emergency-stop").and("--seal").run();

    assertThat(stopped.status()).as(stopped.said()).isZero();
    assertThat(stopped.out()).contains("Vault is sealed");
    Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
    staysSealed();
    Command.Result wrong = lift("d3Jvbmcga2V5");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.said()).contains("not the unseal key");
    Command.Result lifted = lift(coffer.unsealKey());
    assertThat(lifted.status()).as(lifted.said()).isZero();
    anOwnerSealsFromThePage(unlockSoon(workspace), workspace);
  }

  private void anOwnerSealsFromThePage(ApiClient owner, String workspace) {
    Sandbox sandbox = Sandbox.of(coffer);
    try (Chromium chromium = new Chromium();
        Person person = new Person(chromium, Look.DARK)) {
      person.signIn(coffer.freshLink());
      person.page().navigate(coffer.origin() + "/people/open");
      person.see("stop-all").click();
      person.see("seal-vault").check();
      new Shots().everyLook(person, "seal-vault");
      person.see("confirm").click();
      Await.until("the sandbox to be gone", SECONDS, sandbox::isGone);
    }
    staysSealed();
    assertThat(lift(coffer.unsealKey()).status()).isZero();
    owner = unlockSoon(workspace);
    assertThat(owner.send(owner.get("/api/audit?kind=emergency-stop-changed")).text())
        .contains("sealing-asked-for");
  }

  /** Services whose tokens Vault has forgotten meanwhile are started again first. */
  private ApiClient unlockSoon(String workspace) {
    ApiClient again = ApiClient.signedIn(coffer);
    Await.until(
        "the workspace to open",
        RESTART,
        () ->
            again
                .send(again.post("/api/workspaces/" + workspace + "/unlock", "{}"))
                .text()
                .contains("mounted"));
    return again;
  }

  private void staysSealed() {
    awaitNotice();
    Coffer.Part vault = coffer.part("vault");
    Processes.kill(vault.pid());
    coffer.awaitRestarted(vault, RESTART);
    awaitNotice();
    assertThat(Sandbox.isOpen(coffer)).isFalse();
  }

  private void awaitNotice() {
    Await.until(
        "the notice that Vault is sealed",
        SECONDS.multipliedBy(2),
        () -> coffer.command("status").run().said().contains("Vault is sealed"));
  }

  private Command.Result lift(String key) {
    return coffer
        .command("emergency-stop")
        .and("--lift")
        .environment("COFFER_UNSEAL_KEY", key)
        .run();
  }

  /** For who scrapes at the port that was set, as docs/alerts.md says. */
  private void theAlertIsANumber() {
    URI metrics = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
    String counted = "coffer_alerts_open{rule=\"emergency-stop\",severity=\"warning\"} 1.0";
    try (HttpClient http = HttpClient.newHttpClient()) {
      Await.until(
          "the alert to be a number",
          SECONDS.multipliedBy(2),
          () ->
              http.sendAsync(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                  .join()
                  .body()
                  .lines()
                  .anyMatch(counted::equals));
    }
  }

  /** It came to the page by itself, and its number beside the place where it is. */
  private static void theAlertIsDealtWith(Person person) {
    person.awaitSeen("rail-alerts");
    person.page().navigate(person.page().url().replace("/people/open", "/audit/alerts"));
    Locator row = person.page().locator("[data-testid=alert-row][data-rule=emergency-stop]");
    row.locator("summary").click();
    new Shots().everyLook(person, "alerts");
    row.getByTestId("alert-close").click();
    row.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    person.see("alerts-other").click();
    row.first().waitFor();
  }

  /** A part that was just started again may not answer yet, which opens nothing either. */
  private void assertRefused(String workspace) {
    ApiClient again = ApiClient.signedIn(coffer);
    Await.until(
        "the refusal that says why",
        RESTART,
        () -> {
          String said =
              again.send(again.post("/api/workspaces/" + workspace + "/unlock", "{}")).text();
          assertThat(said).doesNotContain("mounted");
          return said.contains("/emergency-stop") && said.contains("--lift");
        });
    assertThat(Sandbox.isOpen(coffer)).isFalse();
  }
}
