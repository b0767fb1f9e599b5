// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Starts all children from one thread that lives as long as the JVM: the kernel counts as a
 * parent's death the end of the thread that started the child (prctl(2), PR_SET_PDEATHSIG).
 */
public final class Spawner {
  private static final BlockingQueue<Order> ORDERS = new LinkedBlockingQueue<>();

  static {
    Thread.ofPlatform().daemon().name("testkit-spawner").start(Spawner::work);
  }

  private record Order(ProcessBuilder command, CompletableFuture<Process> started) {}

  private Spawner() {}

  /**
   * @throws TestkitException if it can't be started
   */
  public static Process start(ProcessBuilder command) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    ORDERS.add(new Order(command, started));
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new TestkitException("can't start " + command.command().getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private static void work() {
    while (true) {
      try {
        Order order = ORDERS.take();
        try {
          order.started().complete(order.command().start());
        } catch (IOException e) {
          order.started().completeExceptionally(e);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
