// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * From "end this sign-in" until the last of its thousand sockets is closed. The sign-in is the one
 * that measures, so nothing can be measured after it.
 */
final class Revocation implements Runnable {
  private static final int SOCKETS = 1000;
  private static final int SANDBOXES = 4;
  private static final int TERMINALS = 32;
  private static final int VIEWS = 8;
  private static final int PATIENCE_SECONDS = 30;

  private final Product product;
  private final Report report;

  Revocation(Product product, Report report) {
    this.product = product;
    this.report = report;
  }

  @Override
  public void run() {
    List<CofferLine> lines = new ArrayList<>();
    IntStream.range(0, SANDBOXES).forEach(i -> lines.addAll(viewsOf("bench revocation " + i)));
    List<CofferLine> open = lines.subList(0, SOCKETS);
    lines.subList(SOCKETS, lines.size()).forEach(CofferLine::close);
    CountDownLatch closed = new CountDownLatch(SOCKETS);
    open.forEach(line -> line.onClose(closed::countDown));
    long start = System.nanoTime();
    product.endThisSignIn();
    await(closed);
    double millis = (System.nanoTime() - start) / 1e6;
    report.atMost("revocation to the last of 1000 sockets closed", millis, "ms", 1000, "");
  }

  private List<CofferLine> viewsOf(String name) {
    String session = product.unlock(product.createWorkspace(name));
    List<CofferLine> views = new ArrayList<>();
    for (int terminal = 0; terminal < TERMINALS; terminal++) {
      int number = product.createTerminal(session);
      IntStream.range(0, VIEWS).forEach(i -> views.add(product.attach(session, number)));
    }
    return views;
  }

  private static void await(CountDownLatch closed) {
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(closed.getCount() + " sockets are still open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
