// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandboxhost.preflight.Preflight;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The boxes that run: those handed out and at most two warm ones. Thread-safe. */
public final class Boxes {
  static final int MOST_BOXES = 64;
  static final int MOST_WARM = 2;
  private static final Duration WARM_FOR = Duration.ofMinutes(3);

  private final BoxStarter starter;
  private final Ciphertext ciphertext;
  private final Preflight preflight;
  private final Map<SandboxId, RunningBox> handedOut = new LinkedHashMap<>();
  private final Map<WorkspaceId, RunningBox> warm = new LinkedHashMap<>();

  /** Boxes that were warm and have a process that the kernel does not end. */
  private final Map<SandboxId, RunningBox> stuck = new HashMap<>();

  /** Whether who started a box that was handed out is still there. */
  private final Map<SandboxId, BooleanSupplier> starters = new HashMap<>();

  private final List<Consumer<HostEvent>> watchers = new CopyOnWriteArrayList<>();

  public Boxes(BoxStarter starter, Ciphertext ciphertext, Preflight preflight) {
    this.starter = starter;
    this.ciphertext = ciphertext;
    this.preflight = preflight;
  }

  /**
   * A box for this workspace, a warm one if there is one. One box a workspace.
   *
   * @param starter whether who asks is still there
   */
  public synchronized HostAnswer start(long id, WorkspaceId workspace, BooleanSupplier starter) {
    RunningBox waiting = warm.remove(workspace);
    if (waiting != null && waiting.isAlive()) {
      handOut(waiting, starter);
      return new HostAnswer.Started(id, waiting.box());
    }
    if (waiting != null) {
      discard(waiting);
    }
    if (runs(workspace)) {
      return new HostAnswer.Refused(id, "box-running", "This workspace has a sandbox already.");
    }
    Optional<Preflight.Objection> objection = preflight.objection();
    if (objection.isPresent()) {
      return new HostAnswer.Refused(id, objection.get().problem(), objection.get().detail());
    }
    if (handedOut.size() + warm.size() + stuck.size() >= MOST_BOXES) {
      return new HostAnswer.Refused(
          id, "too-many-boxes", "64 workspaces are open on this host: lock one first.");
    }
    return launch(id, workspace, started -> handOut(started, starter));
  }

  private void handOut(RunningBox running, BooleanSupplier starter) {
    handedOut.put(running.box().sandbox(), running);
    starters.put(running.box().sandbox(), starter);
  }

  /** A hint that this workspace may be opened soon; passed over when it does not fit. */
  public synchronized HostAnswer warm(long id, WorkspaceId workspace) {
    boolean fits =
        warm.size() < MOST_WARM && handedOut.size() + stuck.size() < MOST_BOXES - MOST_WARM;
    if (!fits || warm.containsKey(workspace) || runs(workspace)) {
      return new HostAnswer.Accepted(id);
    }
    if (preflight.objection().isPresent()) {
      return new HostAnswer.Accepted(id);
    }
    launch(id, workspace, started -> keepWarm(workspace, started));
    return new HostAnswer.Accepted(id);
  }

  private void keepWarm(WorkspaceId workspace, RunningBox started) {
    warm.put(workspace, started);
    Thread.ofVirtual().name("warm-" + workspace).start(() -> expire(workspace, started));
  }

  private void expire(WorkspaceId workspace, RunningBox started) {
    try {
      Thread.sleep(WARM_FOR);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean unused;
    synchronized (this) {
      unused = warm.remove(workspace, started);
    }
    if (unused) {
      discard(started);
    }
  }

  /** Ends a warm one, and remembers it if it does not end. */
  private void discard(RunningBox waiting) {
    waiting.kill();
    synchronized (this) {
      if (!waiting.isGone()) {
        stuck.put(waiting.box().sandbox(), waiting);
      }
    }
  }

  private HostAnswer launch(long id, WorkspaceId workspace, Consumer<RunningBox> keep) {
    try {
      RunningBox started = starter.start(workspace);
      watchOver(started);
      keep.accept(started);
      return new HostAnswer.Started(id, started.box());
    } catch (IOException | RuntimeException e) {
      System.err.println("a box did not start: " + e);
      return new HostAnswer.Refused(
          id, "start-failed", "The sandbox did not start; sandbox-host's log says why.");
    }
  }

  /** What nobody watches would be told as running for ever. */
  private void watchOver(RunningBox started) throws IOException {
    try {
      Thread.ofVirtual().name("box-" + started.box().sandbox()).start(() -> watch(started));
    } catch (OutOfMemoryError e) { // no thread is to be had, pthread_create(3)
      discard(started);
      throw new IOException("nobody would hear of its end", e);
    }
  }

  /** A box is told of, and its workspace kept from others, until nothing of it is left. */
  private void watch(RunningBox started) {
    ExitReason reason;
    try {
      reason = started.awaitExit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    boolean wasHandedOut;
    synchronized (this) {
      stuck.remove(started.box().sandbox());
      wasHandedOut = handedOut.remove(started.box().sandbox()) != null;
      starters.remove(started.box().sandbox());
      warm.remove(started.box().workspace(), started);
    }
    clean(started.box());
    if (wasHandedOut) {
      tell(new HostEvent.Exited(started.box().sandbox(), started.box().workspace(), reason));
    }
  }

  private void clean(Box box) {
    try {
      starter.clean(box);
    } catch (RuntimeException | OutOfMemoryError e) { // the second if no thread is to be had
      System.err.println("left behind by " + box.sandbox() + ": " + e.getMessage());
    }
  }

  private void tell(HostEvent event) {
    watchers.forEach(watcher -> watcher.accept(event));
  }

  public synchronized List<Box> list() {
    List<Box> boxes = new ArrayList<>();
    handedOut.values().forEach(running -> boxes.add(running.box()));
    return boxes;
  }

  /** The same as an answer, with whether those who started them are still there. */
  public synchronized HostAnswer list(long id) {
    Set<SandboxId> attended = new HashSet<>();
    starters.forEach(
        (sandbox, starter) -> {
          if (starter.getAsBoolean()) {
            attended.add(sandbox);
          }
        });
    return new HostAnswer.Boxes(id, list(), attended);
  }

  /**
   * Kills the box and waits until it is gone. One that the kernel could not end is never said to be
   * gone, also when it is asked for again.
   */
  public HostAnswer end(long id, SandboxId sandbox) {
    @Nullable RunningBox running;
    synchronized (this) {
      running = handedOut.get(sandbox);
    }
    if (running != null) {
      running.kill();
      if (!running.isGone()) {
        return new HostAnswer.Refused(
            id, "box-stuck", "A process of the sandbox does not end, and the key may be with it.");
      }
    }
    return new HostAnswer.Accepted(id);
  }

  /** Removes a workspace's ciphertext; a warm box of it is ended first. */
  public HostAnswer destroy(long id, WorkspaceId workspace) throws IOException {
    synchronized (this) {
      RunningBox waiting = warm.remove(workspace);
      if (waiting != null) {
        discard(waiting);
      }
      if (runs(workspace)) {
        return new HostAnswer.Refused(id, "box-running", "Lock the workspace first.");
      }
      ciphertext.condemn(workspace);
    }
    // Nobody waits for a large one: neither a start nor a lock of another workspace.
    ciphertext.remove(workspace);
    return new HostAnswer.Accepted(id);
  }

  /** Not one that is gone, though its watcher has not heard of it yet. */
  private boolean runs(WorkspaceId workspace) {
    return Stream.of(handedOut, stuck)
        .flatMap(boxes -> boxes.values().stream())
        .anyMatch(running -> running.box().workspace().equals(workspace) && !running.isGone());
  }

  /** From now on hears of exits, on the thread of the box; must not block. */
  public void watch(Consumer<HostEvent> watcher) {
    watchers.add(watcher);
  }

  public void unwatch(Consumer<HostEvent> watcher) {
    watchers.remove(watcher);
  }
}
