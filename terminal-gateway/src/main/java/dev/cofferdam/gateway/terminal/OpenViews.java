// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.session.SessionEnded;
import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.gateway.signin.Watched;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.terminal.protocol.CloseCode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All open sockets: so that they close when what they stand on ends, and are not too many. */
@ApplicationScoped
class OpenViews implements Watched {
  private static final long LOOK_EVERY_MILLIS = 500;

  /** After this part of the longest silence a view is asked whether it is still there. */
  private static final int PARTS_UNTIL_ASKED = 8;

  /** After this part, with an answer missing, its place goes to a new one that needs it. */
  private static final int PARTS_UNTIL_DISPLACED = 4;

  private final Vertx vertx;
  private final TerminalConfig config;
  private final Duration longestSilence;
  private final Set<View> views = ConcurrentHashMap.newKeySet();
  private final Map<UserId, Integer> counts = new ConcurrentHashMap<>();

  OpenViews(Vertx vertx, TerminalConfig config) {
    this.vertx = vertx;
    this.config = config;
    longestSilence = Duration.ofSeconds(config.silenceSeconds());
  }

  /** Takes one of the person's places; false if there is none left. */
  boolean reserve(UserId user) {
    int most = config.mostSocketsOfAUser();
    boolean[] taken = {false};
    counts.compute(
        user,
        (u, count) -> {
          int before = count == null ? 0 : count;
          taken[0] = before < most;
          return taken[0] ? before + 1 : count;
        });
    return taken[0];
  }

  void free(UserId user) {
    counts.computeIfPresent(user, (u, count) -> count == 1 ? null : count - 1);
  }

  void add(View view) {
    views.add(view);
  }

  void remove(View view) {
    views.remove(view);
  }

  @Override
  public Set<UUID> signIns() {
    return views.stream()
        .map(view -> view.grant().browser().signIn())
        .collect(Collectors.toUnmodifiableSet());
  }

  int size() {
    return views.size();
  }

  void signedOut(@Observes BrowserEnded ended) {
    close(view -> ended.concerns(view.grant().browser()), CloseCode.NOT_ALLOWED);
  }

  void locked(@Observes SessionEnded ended) {
    close(view -> view.grant().session().id().equals(ended.session()), ended.code());
  }

  /** Browser sessions expire on their own, and a browser may take nothing or be gone unheard. */
  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> look());
  }

  private void look() {
    Instant now = Instant.now();
    close(view -> !view.grant().browser().expiresAt().isAfter(now), CloseCode.NOT_ALLOWED);
    long stuckSince = System.nanoTime() - config.patienceSeconds() * 1_000_000_000L;
    close(view -> view.isStuckSince(stuckSince), CloseCode.TOO_SLOW);
    close(view -> view.silence().compareTo(longestSilence) >= 0, CloseCode.TOO_SLOW);
    views.forEach(view -> view.askAfter(longestSilence.dividedBy(PARTS_UNTIL_ASKED)));
  }

  /**
   * Ends the view of this terminal that is silent for longest, if there is one whose line seems to
   * be dead. Its place is free a moment later.
   */
  boolean makeRoom(SocketTickets.Grant grant) {
    Duration seemsDead = longestSilence.dividedBy(PARTS_UNTIL_DISPLACED);
    Optional<View> longest =
        views.stream()
            .filter(view -> view.grant().isForTheSameAs(grant))
            .filter(view -> view.silence().compareTo(seemsDead) > 0)
            .max(Comparator.comparing(View::silence));
    longest.ifPresent(view -> view.close(CloseCode.TOO_SLOW));
    return longest.isPresent();
  }

  private void close(Predicate<View> which, CloseCode code) {
    views.stream().filter(which).forEach(view -> view.close(code));
  }
}
