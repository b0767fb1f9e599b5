// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
  private final SharedAnswers<String, Integer> answers =
      new SharedAnswers<>(e -> e instanceof IllegalStateException);
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);

  private int slowly() {
    begun.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return asked.incrementAndGet();
  }

  private void waitUntilAllWait(List<Thread> threads) {
    Eventually.within(Duration.ofSeconds(10))
        .until(
            "all wait", () -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
  }

  @Test
  void oneAsksForAllWhoAskTheSame() throws InterruptedException {
    List<Integer> heard = new CopyOnWriteArrayList<>();
    List<Thread> all = new ArrayList<>();
    all.add(Thread.startVirtualThread(() -> heard.add(answers.get("q", this::slowly))));
    begun.await();
    for (int i = 0; i < 10; i++) {
      all.add(Thread.startVirtualThread(() -> heard.add(answers.get("q", asked::incrementAndGet))));
    }
    waitUntilAllWait(all);
    assertThat(answers.get("another", () -> 7)).isEqualTo(7);
    mayAnswer.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(heard).hasSize(11).containsOnly(1);
  }

  @Test
  void aRefusalIsEverybodysOwn() throws InterruptedException {
    Thread refused =
        Thread.startVirtualThread(
            () ->
                assertThatThrownBy(
                        () ->
                            answers.get(
                                "q",
                                () -> {
                                  slowly();
                                  throw new IllegalStateException("refused");
                                }))
                    .isInstanceOf(IllegalStateException.class));
    begun.await();
    List<Integer> heard = new CopyOnWriteArrayList<>();
    Thread other =
        Thread.startVirtualThread(() -> heard.add(answers.get("q", asked::incrementAndGet)));
    waitUntilAllWait(List.of(other));
    mayAnswer.countDown();
    refused.join();
    other.join();
    assertThat(heard).containsExactly(2);
  }

  @Test
  void theNextOneAsksAnew() {
    answers.get("q", asked::incrementAndGet);
    assertThat(answers.get("q", asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsAskedAnewWhileTheOldQuestionIsOut()
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> old = threads.submit(() -> answers.get("q", this::slowly));
      begun.await();
      answers.forget();
      assertThat(answers.get("q", asked::incrementAndGet)).isEqualTo(1);
      mayAnswer.countDown();
      assertThat(old.get()).isEqualTo(2);
    }
  }

  @Test
  void aFailureIsPassedOnAsItIsAndNotKept() {
    assertThatThrownBy(
            () ->
                answers.get(
                    "q",
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(answers.get("q", () -> 3)).isEqualTo(3);
  }
}
