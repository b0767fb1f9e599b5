// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody is away: the person, or a part. Answers come in time, and locking works all the same.
 */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwayIT {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
  private static final Duration RESTART = Duration.ofSeconds(40);

  /** Each word of the bottom line on how long the workspace stays open, in order. */
  private static final String REMEMBERING =
      """
      () => {
        window.countdown = [];
        new MutationObserver(() => {
          const said = document.querySelector('[data-testid=statusline] [data-testid=vault-state]');
          const word = said?.innerText ?? '';
          if (/^(Open|Locks in)/.test(word) && window.countdown.at(-1) !== word)
            window.countdown.push(word);
        }).observe(document.body, {subtree: true, childList: true, characterData: true});
      }
      """;

  private final Shots shots = new Shots();
  private Coffer coffer;
  private ApiClient owner;
  private String workspace;
  private Chromium chromium;

  @BeforeAll
  void meet(Coffer running) {
    coffer = running;
    chromium = new Chromium();
    owner = ApiClient.signedIn(coffer);
    workspace = owner.createWorkspace("away");
  }

  @AfterAll
  void leave() {
    chromium.close();
  }

  @Test
  void locksWhenNobodyIsThere() {
    try (Person person = new Person(chromium, Look.DARK)) {
      person.signIn(coffer.freshLink());
      person.createWorkspace("idle");
      person.page().evaluate(REMEMBERING);
      person.unlock();
      person.awaitState("warning");
      Await.until(
          "the state of the session",
          Duration.ofSeconds(5),
          () -> owner.read("/api/sessions").toString().contains("WARNED"));
      assertThat(person.page().title()).startsWith("Locks soon");
      shots.everyLook(person, "warning");
      person.see("stay").click();
      Await.until(
          "active again, for the five seconds until it is warned again",
          Duration.ofSeconds(5),
          () -> owner.read("/api/sessions").toString().contains("ACTIVE"));
      Sandbox sandbox = Sandbox.of(coffer);
      person.enter("clear; yes | while read -r x; do echo tick; sleep 0.1; done");
      saysSoBesideTheTerminalAndNotInIt(person);
      person
          .page()
          .waitForSelector(
              "[data-testid=workspace][data-state=locked]",
              new com.microsoft.playwright.Page.WaitForSelectorOptions().setTimeout(30_000));
      Await.until("the sandbox to be gone", Duration.ofSeconds(1), sandbox::isGone);
      assertThat(person.see("lock-reason").textContent()).contains("nothing was typed");
      assertCountedDown((List<?>) person.page().evaluate("() => window.countdown"));
      shots.everyLook(person, "locked-idle");
      person.assertNoComplaints();
    }
  }

  /** From twenty seconds, said to be fifteen before; once put off, and then to the end. */
  private static void assertCountedDown(List<?> words) {
    List<String> said = words.stream().map(String::valueOf).toList();
    assertThat(said)
        .allMatch(
            word ->
                word.matches("Open · 0:(20|1[6-9]) left when idle|Locks in 0:(1[0-5]|0\\d)|Open"));
    assertThat(said.getLast()).matches("Locks in 0:0[0-3]");
    int putOff = said.subList(0, said.size() - 1).lastIndexOf("Open · 0:20 left when idle");
    assertThat(putOff).as("after Stay: %s", said).isPositive();
  }

  /** While a program prints in the terminal that is looked at. */
  private static void saysSoBesideTheTerminalAndNotInIt(Person person) {
    person.awaitState("warning");
    assertThat(person.see("vault-state").innerText()).matches("Locks in \\d:\\d\\d");
    String before = person.text();
    person.awaitScreen("more of it", text -> text.length() > before.length());
    assertThat(person.see("statusline").getAttribute("data-state")).isEqualTo("warning");
    assertThat(person.text().lines().map(String::strip)).containsOnly("tick");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vault", "postgres", "kafka"})
  void answersInTimeAndLocksWhileAPartHangs(String name) {
    String session = owner.unlock(workspace);
    Sandbox sandbox = Sandbox.of(coffer);
    long[] hanging = DownPart.withChildren(coffer.part(name).pid());
    Processes.signal("STOP", hanging);
    try {
      assertAnswersInTime(owner.get("/api/workspaces"));
      assertAnswersInTime(owner.post("/api/workspaces", "{\"name\":\"hang " + name + "\"}"));
      assertAnswersInTime(owner.post("/api/workspaces/" + workspace + "/unlock", "{}"));
      owner.lock(session);
      Await.until("the sandbox to be gone", Duration.ofSeconds(1), sandbox::isGone);
    } finally {
      Processes.signal("CONT", hanging);
    }
    Await.until(
        "answers again", RESTART, () -> owner.send(owner.get("/api/workspaces")).status() == 200);
    Await.until("no session", RESTART, () -> owner.read("/api/sessions").isEmpty());
  }

  private void assertAnswersInTime(Request request) {
    Reply[] reply = new Reply[1];
    Duration took = Await.timed(() -> reply[0] = owner.send(request));
    assertThat(took).as("%s\n%s", request, reply[0]).isLessThan(LONGEST_ANSWER);
    if (reply[0].status() == 503) {
      assertThat(reply[0].isProblem()).as(reply[0].toString()).isTrue();
      assertThat(reply[0].header("retry-after")).as(reply[0].toString()).isPresent();
    } else {
      assertThat(reply[0].status()).as(reply[0].toString()).isIn(200, 201, 409);
    }
  }

  @Test
  void saysSoWhileVaultIsSealedAndStillLocks() {
    try (Person person = new Person(chromium, Look.DARK)) {
      person.complaints().networkMayFail(true);
      person.signIn(coffer.freshLink());
      person.createWorkspace("sealed");
      person.unlock();
      Sandbox sandbox = Sandbox.of(coffer);
      try (SealedVault sealed = new SealedVault(coffer)) {
        assertThat(sealed.isThere()).isTrue();
        person.lock();
        Await.until("the sandbox to be gone", Duration.ofSeconds(1), sandbox::isGone);
        Reply refused = owner.send(owner.post("/api/workspaces", "{\"name\":\"never\"}"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isPresent();
        assertThat(refused.json().path("detail").asText())
            .contains("Vault is sealed", "./coffer up");
        person.see("unlock").click();
        assertThat(person.see("problem").innerText()).contains("Vault is sealed", "./coffer up");
        shots.everyLook(person, "vault-sealed");
      }
      Await.until("unlocked once Vault is back", RESTART, person::opens);
      person.lock();
    }
  }

  /** Vault as after a crash, sealed, while nobody is there who would unseal it. */
  private static final class SealedVault implements AutoCloseable {
    private final Coffer coffer;
    private final Coffer.Part before;
    private final long supervisor;
    private final Process server;

    SealedVault(Coffer coffer) {
      this.coffer = coffer;
      before = coffer.part("vault");
      supervisor = coffer.supervisor();
      List<String> words =
          new ArrayList<>(
              List.of("nsenter", "--mount", "--target", Long.toString(supervisor), "--"));
      words.addAll(sameUser());
      byte[] line = Processes.read(before.pid(), "cmdline").getBytes(StandardCharsets.ISO_8859_1);
      words.addAll(Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0")));
      Processes.signal("STOP", supervisor);
      Processes.kill(before.pid());
      try {
        server =
            new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
      } catch (java.io.IOException e) {
        Processes.signal("CONT", supervisor);
        throw new java.io.UncheckedIOException(e);
      }
    }

    private List<String> sameUser() {
      String status = Processes.read(before.pid(), "status");
      String uid = status.replaceAll("(?s).*\nUid:\\s+(\\d+).*", "$1");
      String gid = status.replaceAll("(?s).*\nGid:\\s+(\\d+).*", "$1");
      return List.of("setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--");
    }

    boolean isThere() {
      Request status =
          Request.of("GET", "/v1/sys/seal-status").with("Host", "127.0.0.1:" + before.port());
      return Await.value(
              "a sealed Vault",
              Duration.ofSeconds(10),
              () -> java.util.Optional.of(RawHttp.send(before.port(), status)))
          .json()
          .path("sealed")
          .asBoolean();
    }

    @Override
    public void close() {
      server.destroy();
      try {
        server.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Processes.signal("CONT", supervisor);
      coffer.awaitRestarted(before, RESTART);
    }
  }
}
