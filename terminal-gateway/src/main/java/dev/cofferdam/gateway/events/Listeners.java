// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.gateway.signin.Watched;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The pages that listen. Each hears of what its person may see. At most {@value #MOST} listen,
 * {@value #MOST_OF_ONE_USER} of one person, and {@value #MOST_WAITING} events of some 300 bytes
 * wait for one: who does not take them is cut off, comes back and loads everything. When all places
 * are taken, who has most makes room with their oldest page, for who would still have fewer: some
 * people with many pages keep nobody out.
 */
@ApplicationScoped
class Listeners implements Watched {
  static final int MOST = 1024;
  static final int MOST_OF_ONE_USER = 64;
  static final int MOST_WAITING = 64;
  private static final int PAUSE_SECONDS = 5;
  private static final long LOOK_EVERY_MILLIS = 500;
  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final Vertx vertx;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicBoolean lookAgain = new AtomicBoolean();
  private final AtomicBoolean lookAtAlerts = new AtomicBoolean();

  Listeners(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * @param number later ones have larger ones
   */
  private record Listener(
      Browser browser, long number, MultiEmitter<? super Optional<PageEvent>> out) {
    UserId user() {
      return browser.user();
    }
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> endExpired(Instant.now()));
    vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> beat());
  }

  /** Events for this browser's person from now on; empty ones are heartbeats. */
  Multi<Optional<PageEvent>> listen(Browser browser) {
    long ofUser = listeners.stream().filter(l -> l.user().equals(browser.user())).count();
    if (ofUser >= MOST_OF_ONE_USER || listeners.size() >= MOST && !makeRoom(ofUser)) {
      throw new ProblemException(
          Problem.of("too-many-pages", 429, "Too many pages are open", "Close some of them.")
              .againAfter(PAUSE_SECONDS));
    }
    return Multi.createFrom()
        .<Optional<PageEvent>>emitter(
            out -> add(new Listener(browser, numbers.incrementAndGet(), out)), MOST_WAITING)
        .onFailure()
        .recoverWithCompletion();
  }

  /** Of two who come at once, both may take the same place: one more than there are. */
  private boolean makeRoom(long ofUser) {
    Map<UserId, Long> pages =
        listeners.stream().collect(Collectors.groupingBy(Listener::user, Collectors.counting()));
    Optional<Map.Entry<UserId, Long>> most =
        pages.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .filter(entry -> entry.getValue() > ofUser + 1);
    Optional<Listener> oldest =
        most.flatMap(
            entry ->
                listeners.stream()
                    .filter(listener -> listener.user().equals(entry.getKey()))
                    .min(Comparator.comparingLong(Listener::number)));
    oldest.ifPresent(
        listener -> {
          listeners.remove(listener);
          listener.out().complete();
        });
    return oldest.isPresent();
  }

  private void add(Listener listener) {
    listeners.add(listener);
    listener.out().onTermination(() -> listeners.remove(listener));
    // Gets the answer's head on its way.
    listener.out().emit(Optional.empty());
  }

  /** Decides for each page and each event: who may not see the thing hears nothing of it. */
  void tell(Action action, Resource of, PageEvent event) {
    tell(action, user -> of, event);
  }

  /** The same of what everybody has: each page's person is asked about their own. */
  void tellEach(Action action, PageEvent event) {
    tell(action, user -> Resource.of(action.kind(), user), event);
  }

  private void tell(Action action, Function<UserId, Resource> of, PageEvent event) {
    Instant now = Instant.now();
    listeners.stream()
        .filter(
            l ->
                Decisions.decide(l.browser().subject(now), action, of.apply(l.browser().user()))
                    .isAllowed())
        .forEach(listener -> listener.out().emit(Optional.of(event)));
  }

  /** Tells who may look at what is open on the server, soon. */
  void openSessionsChanged() {
    tellSoon(
        lookAgain,
        Action.PERSON_SESSION_LIST,
        Resource.ofInstallation(Kind.PERSON),
        PageEvent.openSessionsChanged());
  }

  /** Tells who may look at alerts, soon. */
  void alertsChanged() {
    tellSoon(
        lookAtAlerts,
        Action.AUDIT_READ,
        Resource.ofInstallation(Kind.INSTALLATION),
        PageEvent.alertsChanged());
  }

  /** Many changes at once are one. */
  private void tellSoon(AtomicBoolean waiting, Action action, Resource of, PageEvent event) {
    if (waiting.compareAndSet(false, true)) {
      vertx.setTimer(
          LOOK_AGAIN_MILLIS,
          timer -> {
            waiting.set(false);
            tell(action, of, event);
          });
    }
  }

  private void beat() {
    listeners.forEach(listener -> listener.out().emit(Optional.empty()));
  }

  void signedOut(@Observes BrowserEnded ended) {
    end(listener -> ended.concerns(listener.browser()));
  }

  void endAll() {
    end(listener -> true);
  }

  private void endExpired(Instant now) {
    end(listener -> !listener.browser().expiresAt().isAfter(now));
  }

  private void end(Predicate<Listener> which) {
    listeners.stream().filter(which).forEach(listener -> listener.out().complete());
  }

  @Override
  public Set<UUID> signIns() {
    return listeners.stream()
        .map(listener -> listener.browser().signIn())
        .collect(Collectors.toUnmodifiableSet());
  }

  int size() {
    return listeners.size();
  }
}
