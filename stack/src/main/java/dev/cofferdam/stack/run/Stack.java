// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.part.AllParts;
import dev.cofferdam.stack.part.Maintenance;
import dev.cofferdam.stack.part.Part;
import dev.cofferdam.stack.place.DataDirectory;
import dev.cofferdam.stack.process.PartLog;
import dev.cofferdam.stack.process.Spawner;
import dev.cofferdam.stack.process.StartFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All parts: started side by side as their needs allow, stopped in the reverse order. */
public final class Stack {
  private final AllParts parts;
  private final List<Supervised> all;
  private final Progress progress;

  public Stack(AllParts parts, DataDirectory data, Spawner spawner, Progress progress) {
    this.parts = parts;
    this.progress = progress;
    all =
        parts.list().stream()
            .map(part -> new Supervised(part, spawner, log(data, part), parts.patience()))
            .toList();
  }

  private static PartLog log(DataDirectory data, Part part) {
    return new PartLog(data.logs().resolve(part.name() + ".log"));
  }

  /**
   * Returns when all are ready.
   *
   * @throws PartFailure if one is not; the others are stopped by then
   */
  public void start() {
    Executor threads = task -> Thread.ofPlatform().name("start").start(task);
    Map<String, CompletableFuture<Void>> started = new HashMap<>();
    CompletableFuture<Void> failed = new CompletableFuture<>();
    for (Supervised each : all) {
      CompletableFuture<?>[] needs =
          each.part().needs().stream().map(started::get).toArray(CompletableFuture[]::new);
      CompletableFuture<Void> start =
          CompletableFuture.allOf(needs).thenRunAsync(() -> start(each), threads);
      start.whenComplete((done, failure) -> failed(failed, failure));
      started.put(each.part().name(), start);
    }
    CompletableFuture<Void> everything =
        CompletableFuture.allOf(started.values().toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(everything, failed).join();
    } catch (CompletionException e) {
      stop();
      throw e.getCause() instanceof PartFailure failure ? failure : new PartFailure(e);
    }
    all.forEach(Supervised::keepRunning);
    keepFresh();
  }

  private void keepFresh() {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("refresh").factory());
    for (Supervised each : all) {
      long millis = each.part().refreshEvery().orElse(parts.refreshEvery()).toMillis();
      clock.scheduleWithFixedDelay(each::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  private static void failed(
      CompletableFuture<Void> failed, @org.jspecify.annotations.Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof PartFailure) {
      failed.completeExceptionally(cause);
    }
  }

  private void start(Supervised each) {
    progress.begin(each.part().name());
    try {
      each.startFirst();
      progress.done(each.part().name());
    } catch (WrongConfiguration e) {
      progress.failed(each.part().name());
      throw new PartFailure(each.part().name(), e);
    } catch (StartFailure e) {
      progress.failed(each.part().name());
      throw new PartFailure(each.part().name(), e.text(), each.lastLines());
    } catch (RuntimeException e) {
      progress.failed(each.part().name());
      throw new PartFailure(each.part().name(), e.toString(), each.lastLines());
    }
  }

  /** Stops the parts, each once all that need it have stopped. */
  public synchronized void stop() {
    Executor threads = task -> Thread.ofPlatform().name("stop").start(task);
    Map<String, CompletableFuture<Void>> stopped = new HashMap<>();
    for (Supervised each : all.reversed()) {
      CompletableFuture<?>[] users =
          all.stream()
              .filter(other -> other.part().needs().contains(each.part().name()))
              .map(other -> stopped.get(other.part().name()))
              .toArray(CompletableFuture[]::new);
      stopped.put(
          each.part().name(),
          CompletableFuture.allOf(users)
              .handleAsync((done, failure) -> stop(each), threads)
              .thenAccept(ended -> {}));
    }
    CompletableFuture.allOf(stopped.values().toArray(CompletableFuture[]::new)).join();
  }

  private boolean stop(Supervised each) {
    if (each.pid() != 0) {
      progress.stopping(each.part().name());
    }
    each.stop();
    return true;
  }

  /**
   * @param name whom it is for; the owner if it is empty
   */
  public String freshLink(Optional<String> name) {
    return parts.links().fresh(name);
  }

  /** Ends all sessions and sign-ins, or lets sessions open again; what that was. */
  public Map<String, Object> emergencyStop(boolean stopped) {
    return parts.emergencyStop().set(stopped, false);
  }

  /** The same, and closes Vault, also where nothing else of it could be done. */
  public Map<String, Object> emergencyStopAndSeal() {
    try {
      return parts.emergencyStop().set(true, true);
    } finally {
      sealVault();
    }
  }

  /** How the server is said to be maintained. */
  public Maintenance maintenance() {
    return parts.maintenance();
  }

  /** Ending it takes its keys out of memory; started again, it knows none. */
  private void sealVault() {
    parts.vaultKeeper().closing();
    all.stream()
        .filter(each -> each.part().name().equals(parts.vault()))
        .forEach(Supervised::endNow);
    parts.vaultKeeper().seal();
  }

  /** Whether it takes a person with the unseal key to go on. */
  public boolean isVaultSealed() {
    return parts.vaultKeeper().isSealedOnPurpose();
  }

  /**
   * @return false for a wrong key
   */
  public boolean unsealVault(SecretBytes key) {
    return parts.vaultKeeper().unseal(key);
  }

  public String address() {
    return parts.address();
  }

  /** What an operator should know although all parts are ready. */
  public List<String> notices() {
    return all.stream().flatMap(each -> each.part().notice().stream()).distinct().toList();
  }

  /** How each part is at the moment. */
  public List<PartStatus> status() {
    return all.stream().map(Stack::status).toList();
  }

  private static PartStatus status(Supervised each) {
    long pid = each.pid();
    String health = pid == 0 ? "down" : each.part().isReady() ? "ready" : "not ready";
    return new PartStatus(
        each.part().name(),
        pid,
        each.part().port(),
        PartStatus.residentMegabytes(pid),
        health,
        each.restarts());
  }
}
