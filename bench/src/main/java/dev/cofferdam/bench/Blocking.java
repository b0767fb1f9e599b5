// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waits for what the event loop will have; never called on it. */
final class Blocking {
  private Blocking() {}

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
