// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.maintenance.Maintenance;
import dev.cofferdam.session.session.Sessions;
import dev.cofferdam.session.ticket.SessionConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What replicas do every five seconds, by two of them at once. */
@ApplicationScoped
class Sweeps {
  private final Sessions sessions;
  private final Maintenance maintenance;
  private final SessionConfig config;

  Sweeps(Sessions sessions, Maintenance maintenance, SessionConfig config) {
    this.sessions = sessions;
    this.maintenance = maintenance;
    this.config = config;
  }

  /** It is due at once. */
  void maintain(boolean isOn) {
    if (!isOn) {
      maintenance.end(Optional.empty());
      return;
    }
    maintenance.plan(Duration.ZERO, "", Optional.empty());
    assertThat(maintenance.isDue()).isTrue();
    atOnce(() -> sessions.lockAll("maintenance"), () -> sessions.lockAll("maintenance"));
  }

  void lockOverdueTwice() {
    atOnce(sessions::lockOverdue, sessions::lockOverdue);
  }

  /** By a replica that may not live to its end. */
  void lockOverdueOrFail() {
    try {
      sessions.lockOverdue();
    } catch (RuntimeException e) {
      // Another one will have to.
    }
  }

  void lockForgottenTwice() {
    atOnce(this::lockForgotten, this::lockForgotten);
  }

  private int lockForgotten() {
    Instant since = Instant.now().minusSeconds(config.forgottenSeconds());
    sessions.listForgotten(since).forEach(id -> sessions.lockForgotten(id, since));
    return 0;
  }

  static <T> List<T> atOnce(Callable<T> one, Callable<T> other) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<T> first = threads.submit(one);
      Future<T> second = threads.submit(other);
      return List.of(first.get(), second.get());
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
