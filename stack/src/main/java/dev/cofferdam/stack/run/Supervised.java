// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.stack.part.Part;
import dev.cofferdam.stack.part.Patience;
import dev.cofferdam.stack.process.PartLog;
import dev.cofferdam.stack.process.Spawner;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One part that is kept running: started, waited for, started again with growing pauses when it
 * ends by itself. A thread of its own runs it; others may ask and stop.
 */
final class Supervised {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STABLE_AFTER = Duration.ofSeconds(30);
  private static final int FIRST_TRIES = 3;
  private static final int END_SECONDS = 1;

  private final Part part;
  private final Spawner spawner;
  private final PartLog log;
  private final Patience patience;
  private final Consumer<Duration> pause;
  private volatile boolean stopping;
  private volatile @Nullable Process process;
  private volatile int restarts;

  Supervised(Part part, Spawner spawner, PartLog log, Patience patience) {
    this(part, spawner, log, patience, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  /**
   * @param pause waits for so long before the next try
   */
  Supervised(Part part, Spawner spawner, PartLog log, Patience patience, Consumer<Duration> pause) {
    this.pause = pause;
    this.part = part;
    this.spawner = spawner;
    this.log = log;
    this.patience = patience;
  }

  Part part() {
    return part;
  }

  List<String> lastLines() {
    return log.lastLines();
  }

  int restarts() {
    return restarts;
  }

  /** 0 while it does not run. */
  long pid() {
    Process running = process;
    return running != null && running.isAlive() ? running.pid() : 0;
  }

  /**
   * Starts it and returns when it is ready. One that ends by itself before is started again, twice:
   * on a slow machine what it needs may answer too late once.
   *
   * @throws StartFailure if it is not ready in time, or ends three times
   * @throws WrongConfiguration if it says so: it is not tried again
   */
  void startFirst() {
    for (int left = FIRST_TRIES; ; left--) {
      try {
        start();
        return;
      } catch (StartFailure | VaultUnreachable e) {
        if (left == 1 || !hasEnded() || stopping) {
          throw e;
        }
      }
    }
  }

  /** Or will have in a moment: its connections close first. */
  private boolean hasEnded() {
    Process tried = process;
    try {
      return tried != null && tried.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void start() {
    try {
      Process started = launch();
      Thread output = log.follow(started, part.name());
      awaitReady(started, output);
      part.onReady();
    } catch (IOException e) {
      throw new StartFailure(part.name() + " can't be started: " + e.getMessage(), e);
    }
  }

  /** One at a time with {@link #stop}, which thus misses nothing that is just being started. */
  private synchronized Process launch() throws IOException {
    requireWanted();
    Process started = spawner.start(part.launch());
    process = started;
    return started;
  }

  private void requireWanted() {
    if (stopping) {
      throw new StartFailure(part.name() + " was stopped");
    }
  }

  private void awaitReady(Process started, Thread output) {
    long end = System.nanoTime() + patience.start().toNanos();
    while (!part.isReady()) {
      requireWanted();
      if (!started.isAlive()) {
        joinOutput(output);
        refuseWrongConfiguration(started.exitValue());
        throw new StartFailure(part.name() + " ended with status " + started.exitValue());
      }
      if (System.nanoTime() > end) {
        throw new StartFailure(
            part.name() + " was not ready after " + patience.start().toSeconds() + " s");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private void refuseWrongConfiguration(int status) {
    WrongConfiguration.of(status, log.lastLines())
        .ifPresent(
            wrong -> {
              throw wrong;
            });
  }

  private static void joinOutput(Thread output) {
    try {
      output.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on it is started again whenever it ends, until it is stopped. */
  void keepRunning() {
    Thread.ofPlatform().daemon().name("keeper-of-" + part.name()).start(this::keep);
  }

  private void keep() {
    Duration next = FIRST_PAUSE;
    while (!stopping) {
      long since = System.nanoTime();
      awaitEnd();
      if (System.nanoTime() - since > STABLE_AFTER.toNanos()) {
        next = FIRST_PAUSE;
      }
      if (stopping) {
        return;
      }
      pause.accept(next);
      next = longer(next);
      restart();
    }
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private void awaitEnd() {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() {
    if (stopping) {
      return;
    }
    restarts++;
    try {
      start();
    } catch (StartFailure
        | WrongConfiguration
        | VaultUnreachable
        | VaultRefused
        | IdentityException e) {
      // Tried again after a longer pause; what it said is in its log.
      kill();
    } catch (RuntimeException e) {
      // A mistake of ours: what it keeps running must not end with it.
      log.add("not started again: " + e);
      kill();
    }
  }

  /** Gives it what has to be given anew, if it runs. */
  void refresh() {
    Process running = started();
    if (running == null || !running.isAlive() || stopping) {
      return;
    }
    try {
      part.refresh(running);
    } catch (IOException | StartFailure | VaultUnreachable | VaultRefused | IdentityException e) {
      // Tried again at the next occasion; one that has died is started with everything new.
      return;
    } catch (RuntimeException e) {
      // A clock that sees one calls no more.
      log.add("not refreshed: " + e);
    }
  }

  /**
   * Ends it at once, whatever it is doing; it is started again like one that has ended by itself.
   * Returns when it is gone.
   */
  void endNow() {
    Process running = started();
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(patience.stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it in order, by force once patience is over, and does not start it again. */
  void stop() {
    stopping = true;
    Process running = started();
    if (running == null || !running.isAlive()) {
      return;
    }
    signal(running, part.stopSignal());
    try {
      if (!running.waitFor(patience.stop())) {
        kill();
        running.waitFor(patience.stop());
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Process started() {
    return process;
  }

  /**
   * The JDK knows SIGTERM and SIGKILL only. Sent by the handle: the process itself would close what
   * the part says while it ends.
   */
  private static void signal(Process running, String signal) {
    if (signal.equals("TERM")) {
      running.toHandle().destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, running.pid() + "").start().waitFor();
    } catch (IOException e) {
      running.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }
}
