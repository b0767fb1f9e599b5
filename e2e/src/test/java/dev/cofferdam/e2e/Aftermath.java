// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What has to hold once nothing dies any more: all that was acknowledged is there, once, nothing
 * hangs, and the ledger says the same.
 *
 * @param told what was acknowledged
 * @param folder for an export of the ledger
 */
record Aftermath(
    Coffer coffer, ApiClient owner, List<Worker> workers, Acknowledged told, Path folder) {
  static final Duration RESTART = Duration.ofSeconds(120);

  /** A session whose opening was cut short is over when its lease is: after 45 s. */
  static final Duration PROGRESS = Duration.ofSeconds(75);

  private static final Duration SOON = Duration.ofSeconds(30);

  /** How many events of a session the ledger was told of, each in a place of its own. */
  private static final String RECORDED =
      "(select count(*) from session.recorded_sequence r where r.session_id = s.id)";

  /** Stops the product for its last look. */
  void everythingIsThereOnce(List<Thread> threads) throws IOException {
    Await.until("all parts", RESTART, () -> coffer.parts().stream().allMatch(Coffer.Part::isReady));
    Await.until(
        "people to be done",
        PROGRESS.multipliedBy(2),
        () -> threads.stream().noneMatch(Thread::isAlive));
    Await.until("no session open", PROGRESS, () -> owner.read("/api/sessions").isEmpty());
    workers.forEach(Worker::lookAtKept);
    assertThat(told.faults()).isEmpty();
    Set<String> kept = new HashSet<>();
    workers.forEach(worker -> kept.addAll(worker.kept()));
    assertThat(owner.read("/api/workspaces"))
        .extracting(workspace -> workspace.path("id").asText())
        .containsExactlyInAnyOrderElementsOf(kept);

    LedgerExport export = exportOfAll();
    Command.Result verified = export.verify();
    assertThat(verified.status()).as(verified.said()).isZero();
    LedgerCheck ledger = new LedgerCheck(export.entries());
    ledger.hasNoEventTwice();
    ledger.hasNoEventThatWasRefused();
    ledger.hasOnce(told, kept);
    ledger.endsEachSessionOnce();
    ledger.hasOneSessionAWorkspaceAtATime();
    assertThat(deadLetters()).isZero();
    try (StoppedDatabase database = StoppedDatabase.of(coffer)) {
      nothingIsLeftToBeTold(database);
    }
  }

  private static void nothingIsLeftToBeTold(StoppedDatabase database) {
    for (String service : List.of("auth", "session", "workspace")) {
      // Heads of the ledger are signed for as long as session-service runs.
      String waiting = service + ".outbox where topic <> 'coffer.audit.v1'";
      assertThat(database.count(waiting)).as(waiting).isZero();
    }
    assertThat(database.count("session.session where state <> 'LOCKED' or reason is null"))
        .isZero();
    assertThat(database.count("session.session s where sequence <> " + RECORDED)).isZero();
    assertThat(database.count("workspace.workspace where open_now or condemned")).isZero();
  }

  /** Behind events of every service that were told last: the others are recorded by then. */
  private LedgerExport exportOfAll() {
    String last = owner.createWorkspace("last-" + UUID.randomUUID());
    owner.lock(owner.unlock(last));
    Await.until(
        "the last events",
        SOON,
        () ->
            owner
                .read("/api/audit?workspace=" + last)
                .path("entries")
                .toString()
                .contains("session-locked"));
    long newest = owner.read("/api/audit?limit=1").at("/entries/0/seq").asLong();
    Await.until(
        "a head", SOON, () -> owner.send(owner.get("/api/audit/proof/" + newest)).status() == 200);
    return LedgerExport.taken(owner, folder);
  }

  /** How many bytes of them Kafka has. */
  private long deadLetters() throws IOException {
    long bytes = 0;
    for (Path file : Trees.files(coffer.data().resolve("kafka"))) {
      boolean dead = file.getParent().getFileName().toString().startsWith("coffer.dead.v1-");
      bytes += dead && file.toString().endsWith(".log") ? Files.size(file) : 0;
    }
    return bytes;
  }
}
