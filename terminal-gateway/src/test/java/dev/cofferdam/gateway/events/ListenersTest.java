// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserKey;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who may listen when as many listen as may. */
class ListenersTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final Listeners listeners = new Listeners(VERTX);
  private final AtomicInteger ended = new AtomicInteger();

  @AfterAll
  static void close() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Browser browserOf(UserId user) {
    return new Browser(
        new BrowserKey(UUID.randomUUID().toString()),
        UUID.randomUUID(),
        user,
        "member",
        Role.MEMBER,
        Optional.empty(),
        Instant.now().plus(Duration.ofHours(1)));
  }

  private void listen(UserId user, Runnable whenEnded) {
    listeners.listen(browserOf(user)).subscribe().with(event -> {}, failure -> {}, whenEnded);
  }

  private void listen(UserId user) {
    listen(user, ended::incrementAndGet);
  }

  @Test
  void somePeopleWithManyPagesKeepNobodyOut() {
    UserId most = UserId.random();
    AtomicInteger oldestEnded = new AtomicInteger();
    listen(most, oldestEnded::incrementAndGet);
    for (int i = 1; i < Listeners.MOST_OF_ONE_USER; i++) {
      listen(most);
    }
    UserId other = UserId.random();
    for (int i = Listeners.MOST_OF_ONE_USER; i < Listeners.MOST; i++) {
      if (i % (Listeners.MOST_OF_ONE_USER - 1) == 0) {
        other = UserId.random();
      }
      listen(other);
    }
    assertThat(listeners.size()).isEqualTo(Listeners.MOST);

    listen(UserId.random());

    assertThat(listeners.size()).isEqualTo(Listeners.MOST);
    assertThat(oldestEnded).as("the oldest of who has most").hasValue(1);
    assertThat(ended).hasValue(0);
  }

  @Test
  void whoWouldHaveAsManyAsAnybodyTakesNobodysPlace() {
    for (int i = 0; i < Listeners.MOST; i++) {
      listen(UserId.random());
    }
    assertThatThrownBy(() -> listen(UserId.random()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().slug()).isEqualTo("too-many-pages"));
    assertThat(ended).hasValue(0);
  }
}
