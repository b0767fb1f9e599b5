// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.ExitReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The processes of one box. */
final class RunningBox {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LOOK_AGAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Less than a gateway waits for an answer. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Box box;
  private final Process bwrap;
  private final FirstProcess first;
  private final AtomicBoolean stuck = new AtomicBoolean();

  RunningBox(Box box, Process bwrap, FirstProcess first) {
    this.box = box;
    this.bwrap = bwrap;
    this.first = first;
  }

  Box box() {
    return box;
  }

  boolean isAlive() {
    return bwrap.isAlive();
  }

  /**
   * SIGKILL to the first process of the pid namespace: the kernel ends all others in it before that
   * one is gone, and their mounts with them (pid_namespaces(7)). Waits for that: three seconds, and
   * no more if that was too short before. {@link #isGone} says whether it was enough.
   */
  void kill() {
    first.kill();
    bwrap.destroyForcibly();
    awaitGone();
  }

  /** Waits for the end, however long the kernel takes, and tells why. */
  ExitReason awaitExit() throws InterruptedException {
    int status = bwrap.waitFor();
    awaitGone();
    while (!isGone()) {
      first.kill();
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN_EVERY_NANOS);
    }
    if (stuck.get()) {
      System.err.println("the sandbox " + box.sandbox() + " did not end, and now has");
    }
    return ExitReason.ofStatus(status);
  }

  /** False if the kernel could not end it: a process of it waits for something that never comes. */
  boolean isGone() {
    return first.isGone() && !bwrap.isAlive();
  }

  private void awaitGone() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!isGone() && !stuck.get() && System.nanoTime() < end) {
      first.kill();
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    if (!isGone() && stuck.compareAndSet(false, true)) {
      System.err.println("{\"security\":\"box-stuck\",\"sandboxId\":\"" + box.sandbox() + "\"}");
    }
  }
}
