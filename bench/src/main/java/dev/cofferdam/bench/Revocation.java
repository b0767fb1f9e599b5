// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    long[] closedAt = new long[SOCKETS];
    for (int i = 0; i < SOCKETS; i++) {
      int nth = i;
      open.get(i)
          .onClose(
              () -> {
                closedAt[nth] = System.nanoTime();
                closed.countDown();
              });
    }
    Map<String, Double> before = processorSeconds();
    long start = System.nanoTime();
    product.endThisSignIn();
    await(closed);
    Map<String, Double> after = processorSeconds();
    Figures took = Figures.of(LongStream.of(closedAt).map(at -> at - start).toArray());
    report.atMost(
        "revocation to the last of 1000 sockets closed",
        took.millisAt(1),
        "ms",
        1000,
        Measurements.seen("the first half %.0f ms; processor: ", took.millisAt(0.5))
            + spent(before, after));
  }

  /** So far, by whom; sandboxes end meanwhile, and what they took with them. */
  private static Map<String, Double> processorSeconds() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("gateway", Cpu.seconds(command -> command.contains("/terminal-gateway/")));
    all.put("auth", Cpu.seconds(command -> command.contains("/auth-service/")));
    all.put("session", Cpu.seconds(command -> command.contains("/session-service/")));
    all.put("bench", Cpu.seconds(command -> command.contains("cofferdam.bench.Bench")));
    return all;
  }

  private static String spent(Map<String, Double> before, Map<String, Double> after) {
    return after.entrySet().stream()
        .map(
            part ->
                Measurements.seen(
                    "%s %.2f s",
                    part.getKey(), part.getValue() - before.getOrDefault(part.getKey(), 0.0)))
        .collect(Collectors.joining(", "));
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
