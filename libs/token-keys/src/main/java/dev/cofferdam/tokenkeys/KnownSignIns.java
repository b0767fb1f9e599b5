// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of sign-ins: which are over, and which held when auth-service was asked. Of each at
 * most {@value #MOST}, the least recently used forgotten first: of what is forgotten auth-service
 * is asked again, so nothing that is over passes for want of room. Thread-safe.
 */
final class KnownSignIns {
  static final int MOST = 10_000;

  /** No longer than the token that it is for: RFC 9068, and ours live five minutes. */
  static final long HOLDS_NANOS = Duration.ofMinutes(5).toNanos();

  /** How long an answer counts while nobody hears of ends. */
  static final long HOLDS_UNHEARD_NANOS = Duration.ofMillis(500).toNanos();

  private final Map<UUID, Answer> holding = bounded();
  private final Map<UUID, Boolean> over = bounded();

  /**
   * That it held.
   *
   * @param wasHeard whether ends were heard of from then on
   */
  private record Answer(long askedAt, boolean wasHeard) {}

  /** What is known. */
  enum State {
    HOLDS,
    OVER,
    /** auth-service has to be asked. */
    UNKNOWN
  }

  /**
   * @param isHeard whether the ends of sign-ins are heard of at present
   */
  synchronized State state(UUID signIn, boolean isHeard, long nowNanos) {
    if (over.containsKey(signIn)) {
      return State.OVER;
    }
    Answer answer = holding.get(signIn);
    if (answer == null) {
      return State.UNKNOWN;
    }
    long life = isHeard && answer.wasHeard() ? HOLDS_NANOS : HOLDS_UNHEARD_NANOS;
    return nowNanos - answer.askedAt() < life ? State.HOLDS : State.UNKNOWN;
  }

  /**
   * auth-service said that it holds.
   *
   * @param askedAt before it was asked
   * @param wasHeard whether ends were heard of by then
   * @return whether it still does: its end may have been told meanwhile
   */
  synchronized boolean holds(UUID signIn, long askedAt, boolean wasHeard) {
    if (over.containsKey(signIn)) {
      return false;
    }
    holding.put(signIn, new Answer(askedAt, wasHeard));
    return true;
  }

  synchronized void ended(UUID signIn) {
    holding.remove(signIn);
    over.put(signIn, true);
  }

  synchronized int size() {
    return holding.size() + over.size();
  }

  private static <V> Map<UUID, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
