// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.agent.cell.Cell;
import dev.cofferdam.agent.cell.CellLimits;
import dev.cofferdam.agent.kernel.BootClock;
import dev.cofferdam.agent.key.KeyRefused;
import dev.cofferdam.agent.key.WrappedKey;
import dev.cofferdam.agent.lease.Activity;
import dev.cofferdam.agent.lease.Deadlines;
import dev.cofferdam.agent.mount.EncryptedTree;
import dev.cofferdam.agent.mount.EncryptedTree.Mounted;
import dev.cofferdam.agent.mount.MountRefused;
import dev.cofferdam.agent.place.PlaceKeeper;
import dev.cofferdam.agent.storage.StorageWatch;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.agent.terminal.Terminals;
import dev.cofferdam.agent.work.FileWork;
import dev.cofferdam.agent.work.ProcessIo;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.secrets.OffHeapSecret;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Ticket;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One workspace: closed, then open, then gone. There is no way back from gone: a new unlock gets a
 * new sandbox.
 *
 * <p>The end of this process is the end of the box, its mount and its key, so every way out leads
 * there within a second even if a step on it hangs.
 */
public final class Agent {
  private static final int STATUS_LOCKED = 0;
  private static final int STATUS_IDLE = 10;
  private static final int STATUS_LEASE = 11;
  private static final int STATUS_OPEN_FAILED = 12;
  private static final int STATUS_BROKEN = 13;
  private static final int STATUS_DISCONNECTED = 14;
  private static final int STATUS_STORAGE = 15;
  private static final int STATUS_COMMAND_TIMEOUT = 16;
  private static final int STATUS_MOUNT_TIMEOUT = 17;
  private static final int STATUS_EVERY_SECONDS = 5;
  private static final int LOOK_FOR_WORK_EVERY_SECONDS = 15;
  private static final long UNOPENED_SECONDS = 300;
  private static final long ORDERLY_END_MILLIS = 700;

  /** From the beginning of the end: what programs take longer than that for is left undone. */
  private static final long LONGEST_HANGUP_MILLIS = 400;

  private static final long SHORTEST_HANGUP_MILLIS = 250; // looking at the place took the rest

  private final AtomicReference<Instant> leasedAt = new AtomicReference<>(Instant.MIN);
  private final WorkspaceId workspace;
  private final BoxPaths paths;
  private final CellLimits limits;
  private final IntConsumer exit;
  private final EncryptedTree encrypted;
  private final InstantSource time;
  private final Deadlines deadlines = new Deadlines(BootClock::nanos);
  private final Terminals terminals = new Terminals();
  private volatile boolean opening;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final ScheduledExecutorService deadMan = scheduler("dead-man");
  private final ScheduledExecutorService lastResort = scheduler("last-resort");
  private final ScheduledExecutorService clock = scheduler("clock");
  private final ExecutorService cellParent = scheduler("parent-of-cell");
  private volatile @Nullable Mounted mounted;
  private volatile @Nullable Cell cell;
  private volatile @Nullable FileWork work;
  private volatile @Nullable PlaceKeeper place;
  private volatile @Nullable StorageWatch storage;
  private int secondsUntilLook;

  /** {@code exit} ends this process with a status of {@code ExitReason}. */
  Agent(
      WorkspaceId workspace,
      BoxPaths paths,
      CellLimits limits,
      InstantSource time,
      IntConsumer exit) {
    this.time = time;
    this.workspace = workspace;
    this.paths = paths;
    this.limits = limits;
    this.exit = exit;
    encrypted = new EncryptedTree(paths.cipher(), paths.plain(), workspace);
    deadMan.schedule(this::giveUpUnopened, UNOPENED_SECONDS, TimeUnit.SECONDS);
  }

  /** Its thread is there from now on: programs of the cell may use up all that the box can have. */
  private static ScheduledExecutorService scheduler(String name) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    scheduler.prestartAllCoreThreads();
    return scheduler;
  }

  /**
   * Takes the key, mounts, starts the cell. Called once; {@code step} hears of what is done. The
   * lease runs from the ticket's signature, so a key never waits for a step that hangs.
   *
   * @param first what terminal to start where none is brought back
   * @return the number of that terminal, or 0 if none was started
   * @throws KeyRefused if Vault gives no key
   * @throws MountRefused if the key or the ciphertext is not right
   * @throws IOException if the cell does not start
   */
  public synchronized int open(
      String wrappingToken, Ticket ticket, Optional<Size> first, Consumer<String> step)
      throws KeyRefused, MountRefused, IOException {
    opening = true;
    leasedAt.set(ticket.issuedAt());
    LeaseTerms terms = ticket.terms().orElseThrow();
    deadlines.start(terms, ticket.age(time.instant()));
    lookAgain();
    Mounted tree;
    try (OffHeapSecret key = new WrappedKey(paths.vault()).take(wrappingToken, workspace)) {
      step.accept("key-released");
      tree = encrypted.mount(key, terms.firstOpen());
    }
    mounted = tree;
    tree.onEnd(() -> end(STATUS_BROKEN, CloseCode.SANDBOX_GONE, () -> {}));
    work = new FileWork(new ProcessIo(tree.pid()), BootClock::nanos);
    step.accept("mounted");
    Cell started = startCell(tree);
    cell = started;
    started.onEnd(() -> end(STATUS_BROKEN, CloseCode.SANDBOX_GONE, () -> {}));
    step.accept("cell-ready");
    watchStorage(tree, terms);
    PlaceKeeper keeper = new PlaceKeeper(tree.place(), terminals, time);
    place = keeper;
    keeper.bringBack(started::terminalCommand);
    int begun = first.map(size -> terminals.createFirst(started.terminalCommand(), size)).orElse(0);
    clock.schedule(this::tellStatus, 1, TimeUnit.SECONDS);
    return begun;
  }

  /** Only now: what the agent itself writes before is little, and must not be refused. */
  private void watchStorage(Mounted tree, LeaseTerms terms) {
    StorageWatch watch =
        new StorageWatch(paths.cipher(), tree.pid(), () -> endBySelf(STATUS_STORAGE));
    storage = watch;
    watch.start(terms.storageBytes());
  }

  /**
   * On a thread that lives as long as this process: the cell is killed when the thread that started
   * it ends (PR_SET_PDEATHSIG, prctl(2)).
   */
  private Cell startCell(Mounted tree) throws IOException {
    try {
      return cellParent
          .submit(() -> Cell.start(tree.files(), paths.filter(), paths.scratch(), limits))
          .get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Whether {@link #open} was called. */
  boolean isOpening() {
    return opening;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Takes the lease that was given last. One that comes behind it, as where two gateways renew,
   * adds nothing and takes nothing away.
   */
  public void renew(Ticket ticket) {
    Instant given = ticket.issuedAt();
    if (leasedAt.getAndAccumulate(given, Agent::later).isAfter(given)) {
      return;
    }
    LeaseTerms terms = ticket.terms().orElseThrow();
    deadlines.renew(terms, ticket.age(time.instant()));
    StorageWatch watch = storage;
    if (watch != null) {
      watch.allow(terms.storageBytes());
    }
  }

  /**
   * Somebody is there.
   *
   * @return whether all views were told so, because they had been warned and are no longer
   */
  public boolean active(Activity what) {
    boolean wasWarned = deadlines.isSoon();
    deadlines.active(what);
    boolean isTakenBack = wasWarned && !deadlines.isSoon();
    if (isTakenBack) {
      terminals.sendAll(status());
    }
    return isTakenBack;
  }

  /** Somebody looks, until {@link #viewWent}: nobody at all for too long ends it. */
  public void viewCame() {
    deadlines.viewCame();
  }

  public void viewWent() {
    deadlines.viewWent();
  }

  public AgentFrame.Status status() {
    return new AgentFrame.Status(deadlines.secondsLeft(), deadlines.warnSeconds());
  }

  /** How busy this session is. */
  public ControlAnswer.Doing doing() {
    StorageWatch watch = storage;
    return new ControlAnswer.Doing(
        deadlines.idleSeconds(),
        terminals.running().size(),
        watch == null ? Optional.empty() : watch.now());
  }

  /** A new terminal with a login shell; empty if 32 run. Open only. */
  public Optional<Terminal> createTerminal(int columns, int rows) throws IOException {
    Cell open = cell;
    if (open == null) {
      throw new IOException("the workspace is not open");
    }
    active(Activity.COMMAND);
    return terminals.create(open.terminalCommand(), columns, rows);
  }

  public Terminals terminals() {
    return terminals;
  }

  /** Ends everything; {@code answer} runs when only the end of this process is left to do. */
  public void lock(Runnable answer) {
    end(STATUS_LOCKED, CloseCode.LOCKED, answer);
  }

  /** The workspace could not be opened: this sandbox is of no more use. */
  public void giveUp() {
    end(STATUS_OPEN_FAILED, CloseCode.SANDBOX_GONE, () -> {});
  }

  private void giveUpUnopened() {
    if (mounted == null) {
      giveUp();
    }
  }

  private void lookAgain() {
    long pause = deadlines.untilNextLook().toMillis();
    deadMan.schedule(this::lookAndGoOn, pause, TimeUnit.MILLISECONDS);
  }

  private void lookAndGoOn() {
    try {
      endIfDue();
    } finally {
      lookAgain();
    }
  }

  private void endIfDue() {
    deadlines
        .passed()
        .ifPresent(
            passed -> {
              switch (passed) {
                case LEASE -> endBySelf(STATUS_LEASE);
                case AWAY -> endBySelf(STATUS_DISCONNECTED);
                case IDLE -> endUnlessWorked(STATUS_IDLE);
                case COMMAND -> endBySelf(STATUS_COMMAND_TIMEOUT);
                case MOUNT -> endUnlessWorked(STATUS_MOUNT_TIMEOUT);
              }
            });
  }

  /** Work of the last seconds counts, whenever it was looked for. */
  private void endUnlessWorked(int status) {
    if (!lookForWork()) {
      endBySelf(status);
    }
  }

  private void endBySelf(int status) {
    end(status, CloseCode.LOCKED, () -> {});
  }

  /** Each second while the end is near; else it need not wake for it. */
  private void tellStatus() {
    int pause = 1;
    try {
      if (deadlines.isSoon() || secondsUntilLook <= 0) {
        lookForWork();
        secondsUntilLook = LOOK_FOR_WORK_EVERY_SECONDS;
      }
      terminals.sendAll(status());
      int calm = deadlines.secondsLeft() - deadlines.warnSeconds();
      pause = Math.clamp(calm, 1, STATUS_EVERY_SECONDS);
    } finally {
      secondsUntilLook -= pause;
      clock.schedule(this::tellStatus, pause, TimeUnit.SECONDS);
    }
  }

  /** Whether the user's programs have worked on files since the last look, which is activity. */
  private boolean lookForWork() {
    FileWork files = work;
    boolean worked = files != null && files.look();
    if (worked) {
      active(Activity.FILES);
    }
    return worked;
  }

  /** Whether it locks: nobody comes in any more. */
  public boolean isEnding() {
    return ending.get();
  }

  private void end(int status, CloseCode code, Runnable answer) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    AtomicBoolean answered = new AtomicBoolean();
    Runnable leave =
        () -> {
          try {
            if (answered.compareAndSet(false, true)) {
              answer.run();
            }
          } finally {
            exit.accept(status);
          }
        };
    long hangUpUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_HANGUP_MILLIS);
    try {
      lastResort.schedule(leave, ORDERLY_END_MILLIS, TimeUnit.MILLISECONDS);
      PlaceKeeper keeper = place;
      Optional<PlaceKeeper.Keeping> keeping =
          code == CloseCode.LOCKED && keeper != null
              ? Optional.of(keeper.keep())
              : Optional.empty();
      // Before their programs end, so that views hear of this end and not of their shell's.
      terminals.closeViews(code);
      Cell openCell = cell;
      if (openCell != null && mayWindUp(status)) {
        long least = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHORTEST_HANGUP_MILLIS);
        openCell.hangUp(Math.max(hangUpUntil - least, 0) + least);
      }
      keeping.ifPresent(PlaceKeeper.Keeping::await);
      // Before the terminals, whose end would be a hangup too.
      if (openCell != null) {
        openCell.kill();
      }
      terminals.endAll(code);
      encrypted.end();
    } finally {
      leave.run();
    }
  }

  /** Without a lease no moment is left, and where a part has died nothing is in order any more. */
  private static boolean mayWindUp(int status) {
    return switch (status) {
      case STATUS_LOCKED,
          STATUS_IDLE,
          STATUS_DISCONNECTED,
          STATUS_STORAGE,
          STATUS_COMMAND_TIMEOUT,
          STATUS_MOUNT_TIMEOUT ->
          true;
      default -> false;
    };
  }
}
