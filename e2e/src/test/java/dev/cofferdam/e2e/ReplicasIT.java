// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.FailedSeed;
import dev.cofferdam.testkit.SshHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Two replicas of every service, behind something that hands each connection to the next gateway;
 * one replica dies every ten seconds, for {@code -Dcoffer.replicas.seconds}, while people work,
 * come and go. Whatever was acknowledged is true at the end, once, and nothing hangs. A failure
 * names its seed, which {@code -Dcoffer.replicas.seed} chooses the same ones by, as the next run
 * does by itself.
 */
@Tag("side-by-side")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {
  private static final int SECONDS = Integer.getInteger("coffer.replicas.seconds", 60);
  private static final Optional<Long> SEED =
      Optional.ofNullable(Long.getLong("coffer.replicas.seed"));
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final List<String> SERVICES =
      List.of("auth-service", "session-service", "workspace-service", "terminal-gateway");

  private final Acknowledged told = new Acknowledged();
  private final FailedSeed failed = FailedSeed.of(ReplicasIT.class);
  private final long seed = failed.choose(SEED, new Random()::nextLong);
  private final Random random = new Random(seed);
  private final Balancer balancer = Balancer.open();
  private final SshHome home = new SshHome();
  private Coffer coffer;
  private ApiClient owner;
  private List<Worker> workers = List.of();
  private Visits visits;

  @TempDir Path folder;

  @BeforeAll
  void start() {
    coffer = Coffer.up(port -> List.of("--replicas", "2", "--origin", balancer.origin()));
    balancer.to(List.of(coffer.port(), coffer.port() + 1));
    owner = signedIn();
    register();
    workers = Stream.of("ann", "bob").map(name -> new Worker(signedIn(), name, told)).toList();
    visits = new Visits(ApiClient.through(balancer), new ControlSocket(coffer.data()), home, told);
  }

  private void register() {
    String key = ApiClient.signed(owner.keyChallenge(), home);
    new Attempts(owner, told)
        .untilDone(
            "register",
            owner.post("/api/ssh-keys", key),
            (reply, unsure) ->
                reply.status() == 201 || reply.status() == 410 && unsure
                    ? Optional.of("registered")
                    : Optional.empty());
  }

  private ApiClient signedIn() {
    return ApiClient.through(balancer).byLink(coffer.freshLink());
  }

  @AfterAll
  void stop() {
    coffer.close();
    balancer.close();
    home.close();
  }

  @Test
  void nothingAcknowledgedIsLostAndNoSessionHangs() throws IOException {
    say("-Dcoffer.replicas.seed=" + seed);
    failed.keep(seed);
    List<Runnable> people = new ArrayList<>(workers);
    people.add(visits);
    List<Thread> threads = people.stream().map(Thread.ofVirtual()::start).toList();
    int kills = 0;
    for (long left = SECONDS; left > 0; left -= TimeUnit.NANOSECONDS.toSeconds(EVERY_NANOS)) {
      LockSupport.parkNanos(EVERY_NANOS);
      kills += killOne();
      assertThat(told.faults()).as("-Dcoffer.replicas.seed=%d: %s", seed, told).isEmpty();
    }
    workers.forEach(Worker::stop);
    visits.stop();
    assertThat(kills).as("replicas killed").isPositive();
    long begin = System.nanoTime();
    try {
      new Aftermath(coffer, owner, workers, told, folder).everythingIsThereOnce(threads);
    } catch (AssertionError e) {
      throw new AssertionError(
          "-Dcoffer.replicas.seed=%d: %s; %s; %s".formatted(seed, e.getMessage(), told, visits), e);
    }
    failed.forget();
    say(
        "%d killed; %s; %s; looked at within %d ms"
            .formatted(
                kills, told, visits, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
  }

  /** One whose fellow is there: how many that were, 0 if all fellows are just starting again. */
  private int killOne() {
    List<Coffer.Part> parts = coffer.parts();
    List<Coffer.Part> may =
        parts.stream()
            .filter(part -> SERVICES.stream().anyMatch(service -> isOf(service, part)))
            .filter(Coffer.Part::isReady)
            .filter(part -> parts.stream().anyMatch(other -> areFellows(part, other)))
            .toList();
    if (may.isEmpty()) {
      return 0;
    }
    Coffer.Part victim = may.get(random.nextInt(may.size()));
    Processes.kill(victim.pid());
    say(victim.name() + " killed; so far " + told);
    return 1;
  }

  private static boolean areFellows(Coffer.Part one, Coffer.Part other) {
    return other.isReady()
        && !one.name().equals(other.name())
        && SERVICES.stream().anyMatch(service -> isOf(service, one) && isOf(service, other));
  }

  private static boolean isOf(String service, Coffer.Part part) {
    return part.name().equals(service) || part.name().equals(service + "-2");
  }

  private static void say(String line) {
    System.out.println("Replicas: " + line);
  }
}
