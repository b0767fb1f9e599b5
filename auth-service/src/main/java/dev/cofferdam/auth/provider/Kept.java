// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says when asked, asked for again after {@link #FRESH}; while it is away the old
 * stays good for as long as is said. Anybody can make us ask, with a token of garbage. So of all
 * who come at once one asks, and outside of the lock; after a failure nobody does before {@link
 * #RETRY}.
 */
final class Kept<T> {
  static final Duration FRESH = Duration.ofHours(1);

  /** Between two questions of those who miss something in what is fresh. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  static final Duration RETRY = Duration.ofSeconds(10);

  private final Supplier<T> question;
  private final Duration longest;
  private final InstantSource clock;
  private final AtomicLong numbers = new AtomicLong();
  private volatile @Nullable Read<T> read;
  private @Nullable CompletableFuture<Read<T>> asking;
  private @Nullable Instant failedAt;
  private @Nullable Instant missedAt;

  /**
   * @param question throws {@link ProviderFailure} or {@link Misconfigured}
   * @param longest how old the answer may get while there is no other
   */
  Kept(Supplier<T> question, Duration longest, InstantSource clock) {
    this.question = question;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * What it said.
   *
   * @param at when it was asked
   * @param number that no other has
   */
  record Read<T>(T value, Instant at, long number) {}

  /**
   * @throws ProviderFailure if there is no answer, and none that is good still
   * @throws Misconfigured if it is not the one that is meant; what was kept is forgotten then
   */
  Read<T> get() {
    Instant now = clock.instant();
    Optional<Read<T>> kept = Optional.ofNullable(read).filter(known -> !isOlder(known, now));
    if (kept.filter(known -> isWithin(known.at(), FRESH, now)).isPresent()) {
      return kept.get();
    }
    if (kept.isPresent() && isBeingAsked()) {
      return kept.get();
    }
    try {
      return ask(now, false).or(() -> kept).orElseThrow(Kept::tooEarly);
    } catch (ProviderFailure e) {
      return kept.orElseThrow(() -> e);
    }
  }

  /**
   * For whoever misses something in what {@link #get} has given them.
   *
   * @throws ProviderFailure if it can't be asked, or was a moment ago: what is missed may be there
   */
  Read<T> after(Read<T> seen) {
    Read<T> known = read;
    if (known != null && known.number() != seen.number()) {
      return known;
    }
    return ask(clock.instant(), true).orElseThrow(Kept::tooEarly);
  }

  private static ProviderFailure tooEarly() {
    return ProviderFailure.away("it was asked a moment ago");
  }

  private boolean isOlder(Read<T> known, Instant now) {
    return Duration.between(known.at(), now).compareTo(longest) > 0;
  }

  /** Not for a time to come: then the clock was set back, and nobody knows how long it was. */
  private static boolean isWithin(@Nullable Instant at, Duration length, Instant now) {
    return at != null && !now.isBefore(at) && now.isBefore(at.plus(length));
  }

  private synchronized boolean isBeingAsked() {
    return asking != null;
  }

  /** By this thread, or by the one that asks already; empty if it is too early. */
  private Optional<Read<T>> ask(Instant now, boolean missing) {
    CompletableFuture<Read<T>> mine = new CompletableFuture<>();
    CompletableFuture<Read<T>> asked;
    synchronized (this) {
      if (asking == null) {
        if (isWithin(failedAt, RETRY, now) || missing && isWithin(missedAt, PAUSE, now)) {
          return Optional.empty();
        }
        missedAt = missing ? now : missedAt;
        asking = mine;
      }
      asked = asking;
    }
    if (asked == mine) {
      answer(mine, now);
    }
    return Optional.of(joined(asked));
  }

  private void answer(CompletableFuture<Read<T>> mine, Instant now) {
    try {
      Read<T> fresh = new Read<>(question.get(), now, numbers.incrementAndGet());
      answered(fresh, null);
      mine.complete(fresh);
    } catch (RuntimeException | Error e) {
      answered(e instanceof Misconfigured ? null : read, clock.instant());
      mine.completeExceptionally(e);
    }
  }

  private synchronized void answered(@Nullable Read<T> known, @Nullable Instant failed) {
    read = known;
    failedAt = failed;
    asking = null;
  }

  private static <T> T joined(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
