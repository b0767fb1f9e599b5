// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts are killed in random order and at random moments, {@code -Dcoffer.kills} times, while
 * people work. Whatever was acknowledged is true at the end, once. A failure names its seed, which
 * {@code -Dcoffer.kills.seed} kills in the same order by; what the machine does meanwhile differs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomKillsIT {
  private static final int ROUNDS = Integer.getInteger("coffer.kills", 20);
  private static final long SEED = Long.getLong("coffer.kills.seed", new Random().nextLong());
  private static final Duration RESTART = Duration.ofSeconds(120);

  /** A session whose opening was cut short is over when its lease is: after 45 s. */
  private static final Duration PROGRESS = Duration.ofSeconds(75);

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Between two kills people get on by so much at least. */
  private static final int MOST_STEPS = 40;

  /** Then one comes in the midst of whatever they do next. */
  private static final long LONGEST_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  /** How many events of a session the ledger was told of, each in a place of its own. */
  private static final String RECORDED =
      "(select count(*) from session.recorded_sequence r where r.session_id = s.id)";

  private final Acknowledged told = new Acknowledged();
  private final Random random = new Random(SEED);
  private Coffer coffer;
  private ApiClient owner;
  private List<Worker> workers = List.of();
  private List<Coffer.Part> parts = List.of();

  @TempDir Path folder;

  @BeforeAll
  void start() {
    coffer = Coffer.up();
    owner = ApiClient.signedIn(coffer);
    workers =
        Stream.of("ann", "bob")
            .map(name -> new Worker(ApiClient.signedIn(coffer), name, told))
            .toList();
    parts = coffer.parts();
  }

  @AfterAll
  void stop() {
    coffer.close();
  }

  @Test
  void nothingAcknowledgedIsLostAndEverythingHappensOnce() throws IOException {
    say("-Dcoffer.kills.seed=" + SEED);
    List<Thread> threads = workers.stream().map(Thread.ofVirtual()::start).toList();
    int round = 0;
    for (List<String> victims : KillOrder.of(random, ROUNDS)) {
      round++;
      long begin = System.nanoTime();
      try {
        kill(victims);
        say("%d of %d: %s, %d ms".formatted(round, ROUNDS, victims, since(begin)));
      } catch (AssertionError e) {
        throw new AssertionError(
            "Round %d of %d, %s killed, -Dcoffer.kills.seed=%d: %s; %s"
                .formatted(round, ROUNDS, victims, SEED, e.getMessage(), told),
            e);
      }
    }
    workers.forEach(Worker::stop);
    long begin = System.nanoTime();
    try {
      everythingIsThereOnce(threads);
      say("%s; looked at within %d ms".formatted(told, since(begin)));
    } catch (AssertionError e) {
      throw new AssertionError(
          "After %d rounds, -Dcoffer.kills.seed=%d: %s; %s"
              .formatted(ROUNDS, SEED, e.getMessage(), told),
          e);
    }
  }

  private static void say(String line) {
    System.out.println("Random kills: " + line);
  }

  private static long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private void kill(List<String> names) {
    long before = told.steps() + random.nextInt(MOST_STEPS);
    Await.until("people to get on", PROGRESS, () -> told.steps() > before || hasFaults());
    LockSupport.parkNanos(random.nextLong(LONGEST_MOMENT_NANOS));
    List<Coffer.Part> victims = parts.stream().filter(part -> names.contains(part.name())).toList();
    Processes.signal("KILL", victims.stream().mapToLong(Coffer.Part::pid).toArray());
    parts = coffer.awaitRestarted(victims, RESTART);
    assertThat(told.faults()).isEmpty();
  }

  private boolean hasFaults() {
    return !told.faults().isEmpty();
  }

  private void everythingIsThereOnce(List<Thread> threads) throws IOException {
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
