// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells what a {@link Tally} has counted, twice a second, on a thread of its own. Who takes it may
 * be away: then the same is told again later, and the tally goes on counting. At a crash the last
 * half second is lost.
 */
public final class Teller implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Teller.class);
  private static final long EVERY_MILLIS = 500;
  private static final long LONGEST_CLOSE_MILLIS = 1500;

  private final InstantSource clock;
  private final Listener listener;
  private final Tally tally = new Tally();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("refusals").factory());

  /** Only the timer's thread is here. */
  private List<Tally.Told> untold = List.of();

  /** Who takes what is told; takes all of it or throws. */
  public interface Listener {
    void take(List<Tally.Told> told);
  }

  public Teller(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  public Teller start() {
    timer.scheduleWithFixedDelay(this::tell, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Does not wait and does not fail. */
  public void add(Refusal refusal) {
    tally.add(refusal, clock.instant());
  }

  private void tell() {
    if (untold.isEmpty()) {
      untold = tally.due(clock.instant());
    }
    if (!untold.isEmpty()) {
      tellUntold();
    }
  }

  private void tellUntold() {
    try {
      listener.take(untold);
      untold = List.of();
    } catch (RuntimeException e) {
      LOG.debugf("refusals are told later: %s", e.getMessage());
    }
  }

  /** Tells what is left, if it can be told in a moment. */
  @Override
  public void close() {
    timer.execute(
        () -> {
          tell();
          untold = tally.rest();
          tell();
        });
    timer.shutdown();
    try {
      if (!timer.awaitTermination(LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
