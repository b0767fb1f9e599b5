// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From "unlock" to the first prompt, cold and with a sandbox waiting; from "lock" to gone. */
final class Unlocking implements Runnable {
  private static final int TURNS = 15;
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final Product product;
  private final Report report;

  Unlocking(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  static boolean isAgentOrFileSystem(String commandLine) {
    return commandLine.contains("dev.cofferdam.agent.TerminalAgent")
        || commandLine.startsWith("gocryptfs")
        || commandLine.startsWith("/usr/bin/gocryptfs");
  }

  @Override
  public void run() {
    String workspace = product.createWorkspace("bench unlock");
    long[] cold = new long[TURNS];
    long[] warm = new long[TURNS];
    long[] gone = new long[2 * TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      cold[turn] = untilPrompt(workspace, gone, 2 * turn);
      product.warm(workspace);
      LockSupport.parkNanos(WARM_UP_NANOS);
      warm[turn] = untilPrompt(workspace, gone, 2 * turn + 1);
    }
    report.atMost("unlock to prompt p50, cold", Figures.of(cold).millisAt(0.5), "ms", 400, "");
    report.atMost("unlock to prompt p50, warm", Figures.of(warm).millisAt(0.5), "ms", 150, "");
    report.atMost("lock to gone p99", Figures.of(gone).millisAt(0.99), "ms", 1000, "");
  }

  private long untilPrompt(String workspace, long[] gone, int index) {
    int before = Memory.processes(c -> c.contains("gocryptfs")).size();
    long start = System.nanoTime();
    Product.Begun begun = product.unlockWithTerminal(workspace);
    CofferLine line = begun.line();
    Marker prompt = new Marker("$");
    line.onOutput(prompt);
    prompt.await(20);
    long took = System.nanoTime() - start;
    product.closeTerminal(begun);
    gone[index] = untilGone(begun.session(), before);
    return took;
  }

  private long untilGone(String session, int before) {
    long start = System.nanoTime();
    product.lock(session);
    while (Memory.processes(c -> c.contains("gocryptfs")).size() > before) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return System.nanoTime() - start;
  }
}
