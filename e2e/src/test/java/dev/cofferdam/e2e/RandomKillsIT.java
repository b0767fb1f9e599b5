// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.FailedSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts are killed in random order and at random moments, {@code -Dcoffer.kills} times, while
 * people work. Whatever was acknowledged is true at the end, once. A failure names its seed, which
 * {@code -Dcoffer.kills.seed} kills in the same order by, as the next run does by itself; what the
 * machine does meanwhile differs.
 */
@Tag("side-by-side")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomKillsIT {
  private static final int ROUNDS = Integer.getInteger("coffer.kills", 20);
  private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("coffer.kills.seed"));

  /** Between two kills people get on by so much at least. */
  private static final int MOST_STEPS = 40;

  /** Then one comes in the midst of whatever they do next. */
  private static final long LONGEST_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private final Acknowledged told = new Acknowledged();
  private final FailedSeed failed = FailedSeed.of(RandomKillsIT.class);
  private final long seed = failed.choose(SEED, new Random()::nextLong);
  private final Random random = new Random(seed);
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
    say("-Dcoffer.kills.seed=" + seed);
    failed.keep(seed);
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
                .formatted(round, ROUNDS, victims, seed, e.getMessage(), told),
            e);
      }
    }
    workers.forEach(Worker::stop);
    long begin = System.nanoTime();
    try {
      new Aftermath(coffer, owner, workers, told, folder).everythingIsThereOnce(threads);
      say("%s; looked at within %d ms".formatted(told, since(begin)));
      failed.forget();
    } catch (AssertionError e) {
      throw new AssertionError(
          "After %d rounds, -Dcoffer.kills.seed=%d: %s; %s"
              .formatted(ROUNDS, seed, e.getMessage(), told),
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
    Await.until("people to get on", Aftermath.PROGRESS, () -> told.steps() > before || hasFaults());
    LockSupport.parkNanos(random.nextLong(LONGEST_MOMENT_NANOS));
    List<Coffer.Part> victims = parts.stream().filter(part -> names.contains(part.name())).toList();
    Processes.signal("KILL", victims.stream().mapToLong(Coffer.Part::pid).toArray());
    parts = coffer.awaitRestarted(victims, Aftermath.RESTART);
    assertThat(told.faults()).isEmpty();
  }

  private boolean hasFaults() {
    return !told.faults().isEmpty();
  }
}
