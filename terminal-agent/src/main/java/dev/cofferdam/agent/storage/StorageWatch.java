// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.storage;

import dev.cofferdam.agent.kernel.Kernel;
import dev.cofferdam.agent.work.ProcessIo;
import dev.cofferdam.terminal.protocol.ControlAnswer.Storage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a workspace within what it may take of the disk: counts it, and while it is full no file of
 * gocryptfs may grow or be written to (RLIMIT_FSIZE 0, setrlimit(2)), so programs get EFBIG.
 * Reading and deleting go on. On a thread of its own: counting takes as long as it takes.
 */
public final class StorageWatch {
  /** For a tree of {@link CiphertextUse#DEEPEST} levels. */
  private static final int STACK_BYTES = 2 * 1024 * 1024;

  private final long gocryptfs;
  private final ProcessIo io;
  private final CiphertextUse use;
  private final Runnable beyond;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work ->
              Thread.ofPlatform().daemon().name("storage").stackSize(STACK_BYTES).unstarted(work));
  private final Budget budget = new Budget();
  private @Nullable ScheduledFuture<?> next;
  private boolean full;
  private volatile Optional<Storage> now = Optional.empty();

  /**
   * @param gocryptfs its pid; it must not die of SIGXFSZ
   * @param beyond called if it grows on while it is full
   */
  public StorageWatch(Path cipher, long gocryptfs, Runnable beyond) {
    this.gocryptfs = gocryptfs;
    this.beyond = beyond;
    io = new ProcessIo(gocryptfs);
    Path held = Path.of("/proc", Long.toString(gocryptfs), "fd");
    use = new CiphertextUse(cipher, held, this::enforceNow);
  }

  /** Called once; counts at once. */
  public void start(OptionalLong allowed) {
    allow(allowed);
    thread.execute(this::lookAndGoOn);
  }

  /** From now on; empty leaves it as it is. */
  public void allow(OptionalLong bytes) {
    bytes.ifPresent(most -> thread.execute(() -> take(most)));
  }

  /** As it was last counted; empty before the first time. */
  public Optional<Storage> now() {
    return now;
  }

  private void take(long most) {
    budget.allow(most);
    enforceNow();
    ScheduledFuture<?> planned = next;
    if (planned != null && planned.getDelay(TimeUnit.MILLISECONDS) > pauseMillis()) {
      planned.cancel(false);
      plan();
    }
  }

  private void lookAndGoOn() {
    try {
      io.written().ifPresent(this::look);
    } finally {
      plan();
    }
  }

  private void plan() {
    next = thread.schedule(this::lookAndGoOn, pauseMillis(), TimeUnit.MILLISECONDS);
  }

  private long pauseMillis() {
    return budget.untilNextLook(io.written().orElse(0)).toMillis();
  }

  private void look(long written) {
    enforce(written);
    if (budget.wantsCount(System.nanoTime(), written)) {
      count(written);
      enforceNow();
    }
    if (budget.isBeyond(written)) {
      beyond.run();
    }
  }

  /** Also while it is counted: what is written meanwhile counts as what is not counted yet. */
  private void enforceNow() {
    io.written().ifPresent(this::enforce);
  }

  private void count(long written) {
    long begin = System.nanoTime();
    try {
      long bytes = use.bytes();
      budget.counted(begin, System.nanoTime(), written, bytes);
    } catch (Uncountable | IllegalStateException e) {
      budget.uncountable(begin, System.nanoTime(), written);
    }
  }

  private void enforce(long written) {
    boolean isFull = budget.isFull(written);
    if (isFull != full && Kernel.mayWrite(gocryptfs, !isFull)) {
      full = isFull;
    }
    if (budget.isKnown()) {
      now = Optional.of(new Storage(budget.used(), full));
    }
  }
}
