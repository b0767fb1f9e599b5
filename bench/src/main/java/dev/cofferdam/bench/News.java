// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From the answer to a change, which comes behind its commit, until the event of it is on an open
 * page: through outbox, Kafka and gateway. Workspaces are made and deleted, one after the other.
 */
final class News implements Runnable {
  private static final int WARM_UP = 10;
  private static final int WORKSPACES = 60;
  private static final long PATIENCE_SECONDS = 10;
  private static final String NAME = "bench news ";

  private final Product product;
  private final Report report;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private record Heard(String line, long nanos) {}

  News(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  @Override
  public void run() {
    try (Stream<String> page = product.follow()) {
      Thread.ofVirtual().start(() -> page.forEach(this::hear));
      measure(0, WARM_UP);
      long[] behind = measure(WARM_UP, WORKSPACES);
      Figures figures = Figures.of(behind);
      String seen = Measurements.seen("of %d events", behind.length);
      report.atMost("event on the page behind its answer p50", figures.millisAt(0.5), "ms", 50, "");
      report.atMost(
          "event on the page behind its answer p99", figures.millisAt(0.99), "ms", 250, seen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void hear(String line) {
    if (line.startsWith("data:")) {
      heard.add(new Heard(line, System.nanoTime()));
    }
  }

  private long[] measure(int from, int count) throws InterruptedException {
    long[] behind = new long[2 * count];
    for (int i = 0; i < count; i++) {
      String name = NAME + (from + i);
      String workspace = product.createWorkspace(name);
      behind[2 * i] = behindNow(workspace);
      product.delete(workspace, name);
      behind[2 * i + 1] = behindNow(workspace);
    }
    return behind;
  }

  /** One that was faster than the answer is no time behind it. */
  private long behindNow(String workspace) throws InterruptedException {
    long answered = System.nanoTime();
    while (true) {
      Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("The page hears nothing of " + workspace);
      }
      if (next.line().contains(workspace)) {
        return Math.max(0, next.nanos() - answered);
      }
    }
  }
}
