// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Topic;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.session.session.State;
import dev.cofferdam.testkit.FailedSeed;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sequences of random commands, each in a world of its own, for {@code -Dcoffer.model} (a
 * duration). A failure names its seed, which {@code -Dcoffer.model.seed} runs again, as the next
 * run does by itself, and the shortest sequence found that fails as well.
 */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class ModelIT {
  private static final Duration TIME = Duration.parse(System.getProperty("coffer.model", "PT12S"));
  private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("coffer.model.seed"));

  private static final long REPLAYED = 20;

  /** Stops and maintenance of the sequences before lock what was warned in them. */
  private static final List<Command> WARNED =
      List.of(
          new Command.Open(0, Command.Trouble.NONE),
          new Command.Take(0),
          new Command.Report(0, Command.Became.OPENED, ""),
          new Command.Warn(0));

  @TestHTTPResource URI address;
  @Inject DataSource database;
  @Inject Cuts cuts;
  @Inject Sweeps sweeps;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Parts parts;

  @BeforeEach
  void watch() throws SQLException {
    Books books = Books.open(database);
    parts = new Parts(Service.at(address), servers, issuer, desk, cuts, books, sweeps);
  }

  @AfterEach
  void leave() throws SQLException {
    parts.books().close();
  }

  @Test
  void everySessionOpensAndEndsAsTheModelSaysWhateverHappens() throws SQLException {
    FailedSeed failed = FailedSeed.of(ModelIT.class);
    long seed = failed.choose(SEED, System::nanoTime);
    long deadline = System.nanoTime() + TIME.toNanos();
    do {
      failed.keep(seed);
      List<Command> commands = Commands.ofSeed(seed);
      Optional<Throwable> failure = failure(commands);
      if (failure.isPresent()) {
        List<Command> few = shortest(commands);
        String text = few.stream().map(Command::toString).collect(joining("\n"));
        throw new AssertionError(
            "-Dcoffer.model.seed=" + seed + "\n" + text, failure(few).orElse(failure.get()));
      }
      seed++;
    } while (SEED.isEmpty() && System.nanoTime() < deadline);
    failed.forget();
  }

  /** Whatever has happened: who has read nothing but the topic knows how each session is. */
  @Test
  void theTopicReplayedGivesTheSameStates() throws SQLException {
    Set<UUID> others = parts.books().all().keySet();
    for (long seed = 1; seed <= REPLAYED; seed++) {
      requireAsModelled(Commands.ofSeed(seed));
    }
    requireAsModelled(WARNED);
    Map<UUID, Replay> stored;
    Map<UUID, Replay> replayed;
    do {
      // Again if a sweep has locked one in between.
      stored = allBut(others);
      replayed = replayed(stored);
    } while (!stored.equals(allBut(others)));
    assertThat(replayed).isEqualTo(stored);
    assertThat(stored.values()).extracting(Replay::state).contains(State.WARNED, State.LOCKED);
  }

  private void requireAsModelled(List<Command> commands) throws SQLException {
    failure(commands)
        .ifPresent(
            e -> {
              throw new AssertionError("not as the model says", e);
            });
  }

  private Map<UUID, Replay> allBut(Set<UUID> others) throws SQLException {
    Map<UUID, Replay> all = parts.books().all();
    all.keySet().removeAll(others);
    return all;
  }

  private Map<UUID, Replay> replayed(Map<UUID, Replay> stored) {
    int events = stored.values().stream().mapToInt(Replay::sequence).sum();
    try (TopicReader topic = new TopicReader(servers.kafka(), Topic.SESSION.wireName())) {
      return Replay.of(topic, stored.keySet(), events);
    }
  }

  @Test
  void theSameSeedIsTheSameSequence() {
    assertThat(Commands.ofSeed(1)).isEqualTo(Commands.ofSeed(1)).isNotEqualTo(Commands.ofSeed(2));
  }

  /** Leaves out what does not matter. */
  private List<Command> shortest(List<Command> commands) throws SQLException {
    List<Command> kept = commands;
    for (int i = commands.size() - 1; i >= 0; i--) {
      List<Command> fewer = new ArrayList<>(kept);
      fewer.remove(i);
      if (failure(fewer).isPresent()) {
        kept = fewer;
      }
    }
    return kept;
  }

  private Optional<Throwable> failure(List<Command> commands) throws SQLException {
    World world = new World(parts);
    Model model = new Model();
    try {
      for (int i = 0; i < commands.size(); i++) {
        Step step = new Step(2 * i, List.copyOf(model.sessions().keySet()));
        model = next(commands.get(i), step, model, world);
      }
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    } finally {
      world.lift();
    }
  }

  /** What the model says of the time after it, if the world says so too. */
  private static Model next(Command command, Step step, Model before, World world)
      throws SQLException {
    List<Answer> answers =
        command instanceof Command.AtOnce two
            ? Sweeps.atOnce(
                () -> world.carryOut(two.one(), step, before),
                () -> world.carryOut(two.other(), step.beside(), before))
            : List.of(world.carryOut(command, step, before));
    Sight sight = world.look();
    Invariants.check(List.copyOf(sight.sessions().values()), sight.told());
    Outcome seen = new Outcome(answers, sight.rows(), sight.isStopped());
    List<Model> after = new ArrayList<>();
    List<Outcome> right = new ArrayList<>();
    for (boolean isOtherFirst : new boolean[] {false, true}) {
      Model model = before.copy();
      List<Answer> answer = model.apply(command, step, isOtherFirst);
      right.add(new Outcome(answer, model.rows(), model.isStopped()));
      after.add(model);
    }
    assertThat(right).as(command.toString()).contains(seen);
    Model model = after.get(right.indexOf(seen));
    Invariants.checkKeys(model, sight.sessions());
    return model;
  }

  private record Outcome(List<Answer> answers, Map<Integer, Row> sessions, boolean isStopped) {}
}
