// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Of those who ask the same at the same time one asks for all: when a token expires, every request
 * of its browser needs the next one at once. Holds no more than what is being asked. Blocks.
 */
final class SharedAnswers<Q, A> {
  private final Map<Q, CompletableFuture<A>> asked = new ConcurrentHashMap<>();
  private final Predicate<RuntimeException> everybodysOwn;

  /**
   * @param everybodysOwn which failures each has to hear for itself: it asks again then
   */
  SharedAnswers(Predicate<RuntimeException> everybodysOwn) {
    this.everybodysOwn = everybodysOwn;
  }

  /**
   * @param asking answers, or throws
   */
  A get(Q question, Supplier<A> asking) {
    CompletableFuture<A> mine = new CompletableFuture<>();
    CompletableFuture<A> before = asked.putIfAbsent(question, mine);
    if (before != null) {
      return another(before, asking);
    }
    try {
      mine.complete(asking.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      asked.remove(question, mine);
    }
    return join(mine);
  }

  private A another(CompletableFuture<A> answer, Supplier<A> asking) {
    try {
      return join(answer);
    } catch (RuntimeException e) {
      if (everybodysOwn.test(e)) {
        return asking.get();
      }
      throw e;
    }
  }

  /** Whoever asks from now on is not content with what was asked before. */
  void forget() {
    asked.clear();
  }

  private static <A> A join(CompletableFuture<A> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
