// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.part.Part;
import dev.cofferdam.stack.part.Patience;
import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.PartLog;
import dev.cofferdam.stack.process.Spawner;
import dev.cofferdam.stack.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
  private final CountDownLatch launching = new CountDownLatch(1);
  private final CountDownLatch mayLaunch = new CountDownLatch(1);
  private final AtomicInteger launches = new AtomicInteger();
  @TempDir Path temporary;

  /** Runs {@code script} once the test lets it; never ready, so that a start goes on. */
  private Supervised part(String script) {
    Part part =
        new Part() {
          @Override
          public String name() {
            return "part";
          }

          @Override
          public List<String> needs() {
            return List.of();
          }

          @Override
          public int port() {
            return 0;
          }

          @Override
          public Launch launch() {
            launches.incrementAndGet();
            launching.countDown();
            await(mayLaunch);
            return Launch.of(PartUser.AUTH, List.of("sh", "-c", script));
          }

          @Override
          public boolean isReady() {
            return false;
          }
        };
    return new Supervised(
        part,
        new Spawner(false, PartUser::name),
        new PartLog(temporary.resolve("part.log")),
        Patience.USUAL);
  }

  private static CompletableFuture<Void> onThreadOfItsOwn(Runnable action) {
    return CompletableFuture.runAsync(action, task -> Thread.ofPlatform().start(task));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stopsWhatIsJustBeingStarted() throws Exception {
    Supervised part = part("exec sleep 300");
    CompletableFuture<Void> start = onThreadOfItsOwn(part::startFirst);
    await(launching);
    CompletableFuture<Void> stop = onThreadOfItsOwn(part::stop);
    mayLaunch.countDown();
    stop.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> start.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StartFailure.class);
    assertThat(part.pid()).isZero();
  }

  @Test
  void startsNothingOnceStopped() {
    Supervised part = part("exec sleep 300");
    part.stop();
    assertThatThrownBy(part::startFirst).isInstanceOf(StartFailure.class);
    assertThat(launches).hasValue(0);
  }

  @Test
  void triesAPartThatEndsThreeTimes() {
    mayLaunch.countDown();
    assertThatThrownBy(() -> part("exit 7").startFirst())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("status 7");
    assertThat(launches).hasValue(3);
  }

  /** The first start succeeds and ends at once; all later ones run into a mistake of ours. */
  private final class Faulty implements Part {
    @Override
    public String name() {
      return "part";
    }

    @Override
    public List<String> needs() {
      return List.of();
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public Launch launch() {
      if (launches.incrementAndGet() > 1) {
        throw new IllegalStateException("nobody thought of that");
      }
      return Launch.of(PartUser.AUTH, List.of("true"));
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }

  @Test
  void isKeptRunningWhateverGoesWrongWithGrowingPauses() throws Exception {
    BlockingQueue<Long> pauses = new ArrayBlockingQueue<>(100);
    CountDownLatch over = new CountDownLatch(1);
    PartLog log = new PartLog(temporary.resolve("part.log"));
    Supervised part =
        new Supervised(
            new Faulty(),
            new Spawner(false, PartUser::name),
            log,
            Patience.USUAL,
            pause -> {
              pauses.add(pause.toMillis());
              if (pauses.size() == 7) {
                over.countDown();
                await(mayLaunch);
              }
            });
    part.startFirst();
    part.keepRunning();
    await(over);
    part.stop();
    mayLaunch.countDown();
    assertThat(pauses).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    assertThat(part.restarts()).isEqualTo(6);
    assertThat(log.lastLines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).contains("nobody thought of that"));
  }

  @Test
  void triesAPartOnceThatSaysThatItsConfigurationIsWrong() {
    mayLaunch.countDown();
    String said =
        "echo '2026-01-02T03:04:05.678Z ERROR [Places] providers: corp.issuer: is not https';"
            + " echo '2026-01-02T03:04:05.679Z INFO  [quarkus] stops'; exit 78";
    assertThatThrownBy(() -> part(said).startFirst())
        .isInstanceOf(WrongConfiguration.class)
        .hasMessage("providers: corp.issuer: is not https");
    assertThat(launches).hasValue(1);
  }

  @Test
  void oneThatDoesNotSayWhatIsWrongHasFailedAsAnyOther() {
    mayLaunch.countDown();
    assertThatThrownBy(() -> part("echo no more; exit 78").startFirst())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("status 78");
    assertThat(launches).hasValue(3);
  }
}
