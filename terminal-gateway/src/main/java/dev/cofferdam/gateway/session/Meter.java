// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.BoxUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What boxes take of their host. Measured when somebody looks and not otherwise, at most every two
 * seconds however many look; a runtime that does not answer is left alone for ten. Thread-safe: who
 * asks meanwhile waits for the same answer.
 */
@ApplicationScoped
class Meter {
  private static final Logger LOG = Logger.getLogger(Meter.class);
  private static final Duration AT_LEAST = Duration.ofSeconds(2);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

  /** An average over longer says nothing of now. */
  private static final Duration LONGEST_AVERAGE = Duration.ofSeconds(30);

  private final Sandboxes sandboxes;
  private final LongSupplier nanos;
  private Measured last = new Measured(0, Map.of());
  private Map<SandboxId, Load> loads = Map.of();
  private long pauseFrom;
  private Duration pause = Duration.ZERO;

  @Inject
  Meter(Sandboxes sandboxes) {
    this(sandboxes, System::nanoTime);
  }

  /** {@code nanos}: a monotonic clock, for instance {@link System#nanoTime}. */
  Meter(Sandboxes sandboxes, LongSupplier nanos) {
    this.sandboxes = sandboxes;
    this.nanos = nanos;
    pauseFrom = nanos.getAsLong();
  }

  /** At this time of the clock. */
  private record Measured(long at, Map<SandboxId, BoxUse> uses) {}

  /**
   * What a box takes.
   *
   * @param cpuPercent of one core since it was measured before; empty for the first time
   */
  record Load(OptionalInt cpuPercent, long memoryBytes) {}

  /** By box; what could not be measured is missing. */
  synchronized Map<SandboxId, Load> loads() {
    if (nanos.getAsLong() - pauseFrom >= pause.toNanos()) {
      look();
    }
    return loads;
  }

  private void look() {
    pause = AT_LEAST;
    try {
      Map<SandboxId, BoxUse> uses = new HashMap<>();
      sandboxes.measure().forEach(use -> uses.put(use.sandbox(), use));
      take(new Measured(nanos.getAsLong(), uses));
    } catch (ProblemException e) {
      LOG.debugf("boxes are measured later: %s", e.problem().slug());
      take(new Measured(nanos.getAsLong(), Map.of()));
      pause = AFTER_A_FAILURE;
    }
    pauseFrom = nanos.getAsLong();
  }

  private void take(Measured now) {
    Map<SandboxId, Load> taken = new HashMap<>();
    now.uses.forEach(
        (box, use) -> taken.put(box, new Load(cpuPercent(now, use), use.memoryBytes())));
    loads = Map.copyOf(taken);
    last = now;
  }

  private OptionalInt cpuPercent(Measured now, BoxUse use) {
    BoxUse before = last.uses.get(use.sandbox());
    long nanosBetween = now.at - last.at;
    if (before == null || nanosBetween <= 0 || nanosBetween > LONGEST_AVERAGE.toNanos()) {
      return OptionalInt.empty();
    }
    double micros = Math.max(0, use.cpuMicros() - before.cpuMicros());
    return OptionalInt.of((int) Math.round(micros * 100_000 / nanosBetween));
  }
}
