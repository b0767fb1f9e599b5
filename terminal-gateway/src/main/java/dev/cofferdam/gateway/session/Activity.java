// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Since when nothing was done in a session, and how many terminals it has: what its sandbox says
 * when its lease is renewed, corrected by what passes through here in between. Nothing is asked for
 * this. Thread-safe.
 */
@ApplicationScoped
public class Activity {
  private final OpenSessions open;
  private final LongSupplier nanos;

  /** What their workspaces took when they were last counted. */
  private final Map<SessionId, ControlAnswer.Storage> counted = new ConcurrentHashMap<>();

  /** As many as there are open sessions. */
  private final Map<SessionId, Heard> heard = new ConcurrentHashMap<>();

  @Inject
  Activity(OpenSessions open) {
    this(open, System::nanoTime);
  }

  /** {@code nanos}: a monotonic clock, for instance {@link System#nanoTime}. */
  Activity(OpenSessions open, LongSupplier nanos) {
    this.open = open;
    this.nanos = nanos;
  }

  /**
   * @param longest how long nothing may be done in it, seconds
   * @param activeAt on the clock, when something was done last
   */
  private record Heard(int longest, long activeAt, int terminals) {
    Heard withTerminals(int number) {
      return new Heard(longest, activeAt, Math.max(0, number));
    }
  }

  /**
   * How busy a session is; the newest activity may be missing for some seconds.
   *
   * @param idleSeconds since something was done in it
   * @param terminals whose program runs
   */
  record Now(int idleSeconds, int terminals) {}

  /** An older sandbox says nothing of it. */
  void renewed(SessionId session, ControlAnswer.Renewed said) {
    said.now()
        .filter(now -> open.find(session).isPresent())
        .ifPresent(
            now -> {
              heard.put(
                  session,
                  new Heard(
                      said.idleSecondsLeft() + now.idleSeconds(),
                      secondsAgo(now.idleSeconds()),
                      now.terminals()));
              now.storage().ifPresent(storage -> counted.put(session, storage));
            });
  }

  /** What it tells its views. */
  void idleSecondsLeft(SessionId session, int left) {
    heard.computeIfPresent(
        session,
        (id, was) -> new Heard(was.longest, secondsAgo(was.longest - left), was.terminals));
  }

  /** A terminal was started. */
  public void terminalStarted(SessionId session) {
    heard.computeIfPresent(session, (id, was) -> was.withTerminals(was.terminals + 1));
  }

  /** All terminals whose program runs. */
  public void terminalsRun(SessionId session, int number) {
    heard.computeIfPresent(session, (id, was) -> was.withTerminals(number));
  }

  void forget(@Observes SessionEnded ended) {
    heard.remove(ended.session());
    counted.remove(ended.session());
  }

  /** What its workspace took when it was last counted; empty until its sandbox has said so. */
  Optional<ControlAnswer.Storage> storage(SessionId session) {
    return Optional.ofNullable(counted.get(session));
  }

  /** Empty before its first renewal, and always for an older sandbox. */
  Optional<Now> of(SessionId session) {
    return Optional.ofNullable(heard.get(session))
        .map(
            said -> {
              long idle = Duration.ofNanos(nanos.getAsLong() - said.activeAt).toSeconds();
              return new Now(Math.clamp(idle, 0, Integer.MAX_VALUE), said.terminals);
            });
  }

  private long secondsAgo(int seconds) {
    return nanos.getAsLong() - Duration.ofSeconds(Math.max(0, seconds)).toNanos();
  }
}
