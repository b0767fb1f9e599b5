// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.Limits;
import java.time.Duration;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of everything, one by one and all at once, while somebody types and writes. */
@Tag("quiet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {
  private static final Duration RESTART = Duration.ofSeconds(40);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Pattern SAID = Pattern.compile("w(\\d+)\\b");
  private static final Pattern LAST = Pattern.compile("last=(\\d+)=");

  private Coffer coffer;
  private ApiClient owner;
  private String workspace;
  private String session = "";
  private int terminal;
  private int made;

  @BeforeAll
  void start() {
    coffer = Coffer.up();
    owner = ApiClient.signedIn(coffer);
    workspace = owner.createWorkspace("killed");
    made = 1;
  }

  @AfterAll
  void stop() {
    coffer.close();
  }

  /** Opens the workspace if it is not, with a terminal. */
  private void open() {
    if (!owner.read("/api/sessions").toString().contains("ACTIVE")) {
      session = owner.unlock(workspace);
      terminal = owner.createTerminal(session);
    }
  }

  /** Says a number only after it stands in a file. */
  private Line startWriting() {
    Line line = Line.attach(owner, session, terminal, Limits.NO_OFFSET);
    line.enter(
        "i=0; : > log; while :; do i=$((i+1)); echo $i >> log && echo w$i; sleep 0.01; done");
    line.awaitText("w9\r");
    return line;
  }

  private static int lastSaid(Line line) {
    Matcher said = SAID.matcher(line.text());
    int last = 0;
    while (said.find()) {
      last = Integer.parseInt(said.group(1));
    }
    return last;
  }

  /** What the file ends with, read in a terminal of its own. */
  private int lastWritten() {
    try (Line reader = Line.toNewTerminal(owner, session)) {
      reader.enter("echo last''=$(tail -n1 log)=");
      return Integer.parseInt(reader.await(LAST).group(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "gocryptfs"})
  @Order(1)
  void leavesNothingBehindWhenAPartOfTheSandboxDies(String victim) {
    open();
    Sandbox sandbox = Sandbox.of(coffer);
    ToLongFunction<Sandbox> choice = victim.equals("agent") ? Sandbox::agent : Sandbox::gocryptfs;
    int said;
    try (Line line = startWriting()) {
      said = lastSaid(line);
      Processes.kill(choice.applyAsLong(sandbox));
      Await.until("the sandbox to be gone", SOON, sandbox::isGone);
      line.awaitClosed(SOON);
    }
    Await.until(
        "the session to be over",
        RECOVERY,
        () -> !owner.read("/api/sessions").toString().contains("ACTIVE"));
    session = owner.unlock(workspace);
    terminal = owner.createTerminal(session);
    assertThat(lastWritten()).isGreaterThanOrEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "terminal-gateway",
        "auth-service",
        "session-service",
        "workspace-service",
        "kafka",
        "postgres",
        "vault"
      })
  @Order(2)
  void goesOnWhenAPartDies(String name) {
    open();
    String kept = "kept-" + name;
    Coffer.Part part;
    try (Line line = startWriting()) {
      owner.createWorkspace(kept);
      made++;
      part = coffer.part(name);
      Processes.kill(part.pid());
      if (name.equals("terminal-gateway")) {
        line.awaitClosed(SOON);
      } else {
        int before = lastSaid(line);
        Await.until("the terminal to go on", SOON, () -> lastSaid(line) > before + 20);
      }
      coffer.awaitRestarted(part, RESTART);
      Await.until(
          "everything acknowledged to be there",
          RECOVERY,
          () -> owner.read("/api/workspaces").size() == made);
      Await.until("a workspace to be made", RECOVERY, () -> made("after-" + name));
      said(line);
    }
    assertLocksAndUnlocks();
  }

  /** Whether it is there; what answered 503 may be tried again. */
  private boolean made(String name) {
    Reply reply = owner.send(owner.post("/api/workspaces", "{\"name\":\"" + name + "\"}"));
    if (reply.status() == 201 || owner.findWorkspace(name).isPresent()) {
      made++;
      return true;
    }
    assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
    assertThat(reply.header("retry-after")).isPresent();
    return false;
  }

  private void said(Line line) {
    int said = lastSaid(line);
    assertThat(lastWritten()).isGreaterThanOrEqualTo(said);
  }

  private void assertLocksAndUnlocks() {
    Sandbox sandbox = Sandbox.of(coffer);
    Await.until("locked", RECOVERY, () -> owner.lock(session).status() == 200);
    Await.until("gone", Duration.ofSeconds(1), sandbox::isGone);
    Await.until(
        "unlocked",
        RECOVERY,
        () -> {
          session = owner.unlock(workspace);
          return true;
        });
    terminal = owner.createTerminal(session);
  }

  @Test
  @Order(3)
  void locksEverythingWhenTheSandboxHostDies() {
    open();
    Sandbox sandbox = Sandbox.of(coffer);
    Coffer.Part host = coffer.part("sandbox-host");
    Processes.kill(host.pid());
    Await.until("the sandbox to be gone", SOON, sandbox::isGone);
    coffer.awaitRestarted(host, RESTART);
    Await.until(
        "unlocked again",
        RECOVERY,
        () -> {
          session = owner.unlock(workspace);
          return true;
        });
    terminal = owner.createTerminal(session);
    assertThat(lastWritten()).isPositive();
  }

  @Test
  @Order(4)
  void comesUpAgainAfterEverythingDiedAtOnce() {
    open();
    Sandbox sandbox = Sandbox.of(coffer);
    int said;
    try (Line line = startWriting()) {
      said = lastSaid(line);
      long supervisor = coffer.supervisor();
      Set<Long> all = Processes.descendants(supervisor);
      all.add(supervisor);
      Processes.signal("KILL", all.stream().mapToLong(Long::longValue).toArray());
      Await.until("all to be gone", SOON, () -> all.stream().noneMatch(Processes::isAlive));
    }
    assertThat(sandbox.isGone()).isTrue();
    coffer.start();
    assertThat(owner.read("/api/workspaces")).hasSize(made);
    Await.until(
        "unlocked",
        Duration.ofSeconds(60),
        () -> {
          session = owner.unlock(workspace);
          return true;
        });
    terminal = owner.createTerminal(session);
    assertThat(lastWritten()).isGreaterThanOrEqualTo(said);
  }
}
