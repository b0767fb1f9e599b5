// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many sandboxes that end at once: by their locks, and by an emergency stop. All are real ones,
 * agent and gocryptfs; an end is measured until no process of any of them is left.
 */
final class Ends {
  private static final int TWENTY = 20;
  private static final int TURNS = 5;

  /** As many as one person may have open at once. */
  private static final int STOPPED = 60;

  private static final int IDLE_SECONDS = 30;
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Product product;
  private final Report report;

  Ends(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  /** The worst of some turns, which is no better than their p99. */
  void locksOfTwenty() {
    int before = left();
    long worst = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      try (Sandboxes open = Sandboxes.open(product, "bench ends " + turn + " ", TWENTY)) {
        if (turn == 0) {
          watchIdle();
        }
        long start = System.nanoTime();
        allAtOnce(open.all().stream().map(each -> (Runnable) each::lock).toList());
        worst = Math.max(worst, untilLeft(before, start));
      }
    }
    report.atMost(
        "20 open sessions locked at once, until all are gone, worst of " + TURNS,
        worst / 1e6,
        "ms",
        1000,
        "");
  }

  /**
   * All that agents and file systems do while nobody does anything: watching for that, and renewing
   * leases as well.
   */
  private void watchIdle() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS) / 3);
    double before = Cpu.seconds(Unlocking::isAgentOrFileSystem);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
    double used = Cpu.seconds(Unlocking::isAgentOrFileSystem) - before;
    double percentOfHundred = 100 * used / IDLE_SECONDS * 100 / TWENTY;
    report.atMost(
        "100 idle sandboxes, all that they do, of one core",
        percentOfHundred,
        "%",
        0.5,
        "from 20; the target is for the watch alone");
  }

  /** Nothing opens afterwards until somebody lifts it: the last one. */
  void emergencyStop() {
    int before = left();
    Sandboxes.open(product, "bench stopped ", STOPPED);
    long start = System.nanoTime();
    product.stopEverything();
    double millis = untilLeft(before, start) / 1e6;
    report.atMost(
        "emergency stop of " + STOPPED + " open sessions, until all are gone",
        millis,
        "ms",
        5000,
        "all of them real sandboxes");
    System.out.println("Nothing opens until: ./coffer emergency-stop --lift");
  }

  private static int left() {
    return Memory.processes(Unlocking::isAgentOrFileSystem).size();
  }

  private static long untilLeft(int before, long start) {
    while (left() > before) {
      long took = System.nanoTime() - start;
      if (took > PATIENCE_NANOS) {
        throw new IllegalStateException(left() - before + " processes are still there");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return System.nanoTime() - start;
  }

  private static void allAtOnce(List<Runnable> tasks) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tasks.forEach(threads::execute);
    }
  }
}
