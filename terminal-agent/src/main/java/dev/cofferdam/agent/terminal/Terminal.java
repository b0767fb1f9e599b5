// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import com.pty4j.PtyProcessBuilder;
import dev.cofferdam.agent.kernel.PtyMaster;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program on a PTY, what it has written, and who looks at it.
 *
 * <p>A thread reads the PTY and sends to the views that are up to date; keystrokes are written by
 * the connection that brings them. The reader waits while a view is more than {@link
 * Limits#WINDOW_BYTES} behind with acknowledging: a slow client slows its program and nobody
 * else's. One that acknowledges nothing for 30 s meanwhile is let go.
 */
public final class Terminal {
  private static final int READ_BYTES = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int id;
  private final Duration patience;
  private final PtyProgram program;
  private final Scrollback scrollback = new Scrollback(Limits.SCROLLBACK_BYTES);
  private final TitleSniffer titles = new TitleSniffer();
  private final PtyMaster pty;
  private final Input input;
  private final List<View> views = new ArrayList<>();
  private int columns;
  private int rows;
  private boolean running = true;

  private Terminal(int id, PtyProgram program, int columns, int rows, Duration patience)
      throws IOException {
    this.id = id;
    this.patience = patience;
    this.program = program;
    pty = new PtyMaster(program.master());
    input = new Input(pty, "pty-write-" + id);
    this.columns = columns;
    this.rows = rows;
  }

  static Terminal start(int id, List<String> command, int columns, int rows, byte[] before)
      throws IOException {
    return start(id, command, columns, rows, before, PATIENCE);
  }

  /** {@code patience}: how long a view may hold the program up and acknowledge nothing. */
  static Terminal start(int id, List<String> command, int columns, int rows, Duration patience)
      throws IOException {
    return start(id, command, columns, rows, new byte[0], patience);
  }

  /** {@code before}: output that comes ahead of the program's, as if it were its own. */
  private static Terminal start(
      int id, List<String> command, int columns, int rows, byte[] before, Duration patience)
      throws IOException {
    PtyProgram program =
        PtyProgram.start(
            new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(Map.of("PATH", "/usr/sbin:/usr/bin", "TERM", "xterm-256color"))
                .setDirectory("/")
                .setInitialColumns(columns)
                .setInitialRows(rows));
    Terminal terminal = of(id, program, columns, rows, patience);
    if (before.length > 0) {
      terminal.publish(ByteBuffer.allocateDirect(before.length).put(before).flip());
    }
    Thread.ofPlatform().daemon().name("pty-read-" + id).start(terminal::readAll);
    ProcessHandle.of(program.pid())
        .ifPresentOrElse(
            running -> running.onExit().thenRun(terminal.pty::programEnded),
            terminal.pty::programEnded);
    return terminal;
  }

  private static Terminal of(int id, PtyProgram program, int columns, int rows, Duration patience)
      throws IOException {
    try {
      return new Terminal(id, program, columns, rows, patience);
    } catch (IOException e) {
      program.kill();
      program.release();
      throw e;
    }
  }

  public int id() {
    return id;
  }

  synchronized boolean isRunning() {
    return running;
  }

  public synchronized ControlAnswer.Terminal describe() {
    return new ControlAnswer.Terminal(id, columns, rows, running, titles.title());
  }

  /**
   * What this terminal is now.
   *
   * @param foreground the process group in the foreground, 0 if not known
   * @param output the last of it; a copy
   * @param fromTheStart whether there was nothing before
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy again
  public record Retained(
      int columns, int rows, String title, int foreground, byte[] output, boolean fromTheStart) {}

  /** {@code most}: bytes of output. */
  public synchronized Retained retained(int most) {
    long oldest = Math.max(scrollback.oldest(), scrollback.head() - most);
    byte[] output = new byte[(int) (scrollback.head() - oldest)];
    scrollback.copy(oldest, output.length, ByteBuffer.wrap(output));
    return new Retained(columns, rows, titles.title(), pty.foreground(), output, oldest == 0);
  }

  /** Attaches a client that has everything before {@code offset}; empty if eight are there. */
  public synchronized Optional<View> attach(
      ViewWire wire, long offset, int newColumns, int newRows) {
    if (views.size() >= Limits.MOST_VIEWS) {
      return Optional.empty();
    }
    View view = new View(wire);
    view.send(new AgentFrame.Attached(scrollback.oldest(), scrollback.head(), newColumns, newRows));
    view.startAt(startFor(view, offset));
    views.add(view);
    resize(view, newColumns, newRows);
    if (!running) {
      view.exited(program.exitCode());
    }
    view.pump(scrollback);
    return Optional.of(view);
  }

  private long startFor(View view, long offset) {
    boolean nothingYet = offset == Limits.NO_OFFSET;
    if (!nothingYet && offset >= scrollback.oldest() && offset <= scrollback.head()) {
      return offset;
    }
    long start = cleanStart();
    if (!nothingYet || start > 0) {
      view.send(new AgentFrame.Reset(start));
    }
    return start;
  }

  /** The first line that is whole, so that no half character or sequence comes first. */
  private long cleanStart() {
    long oldest = scrollback.oldest();
    if (oldest == 0) {
      return 0;
    }
    long end = Math.min(scrollback.head(), oldest + READ_BYTES);
    for (long at = oldest; at < end; at++) {
      if (scrollback.at(at) == '\n') {
        return at + 1;
      }
    }
    return oldest;
  }

  public synchronized void detach(View view) {
    views.remove(view);
    notifyAll();
  }

  /** False if the program takes no input and 1 MiB waits for it. */
  public boolean input(byte[] bytes) {
    return input.offer(bytes);
  }

  public synchronized void acknowledge(View view, long offset) {
    view.acknowledge(offset);
    view.pump(scrollback);
    notifyAll();
  }

  public synchronized void resize(View by, int newColumns, int newRows) {
    if (newColumns == columns && newRows == rows) {
      return;
    }
    columns = newColumns;
    rows = newRows;
    pty.resize(newColumns, newRows);
    for (View view : List.copyOf(views)) {
      if (view != by) {
        send(view, new AgentFrame.Resized(newColumns, newRows));
      }
    }
  }

  /** Sends one frame to one view, behind what is under way. */
  public synchronized void send(View view, Frame frame) {
    view.send(frame);
    view.pump(scrollback);
  }

  synchronized void sendAll(Frame frame) {
    List.copyOf(views).forEach(view -> send(view, frame));
  }

  /** The wire takes bytes again. */
  public synchronized void writable(View view) {
    view.pump(scrollback);
  }

  public synchronized void close(View view, CloseCode code) {
    view.close(code);
    view.pump(scrollback);
  }

  /** Ends the program and every view. */
  synchronized void end(CloseCode code) {
    program.kill();
    input.close();
    closeViews(code);
  }

  synchronized void closeViews(CloseCode code) {
    for (View view : List.copyOf(views)) {
      close(view, code);
    }
  }

  private void readAll() {
    new OutputReader(pty).readAll(this::publish);
    pty.close();
    ended();
    program.release();
  }

  private synchronized void publish(ByteBuffer bytes) {
    titles.accept(bytes);
    scrollback.append(bytes);
    for (int i = 0; i < views.size(); i++) {
      views.get(i).pump(scrollback);
    }
    awaitViews();
  }

  private void awaitViews() {
    long since = System.nanoTime();
    for (View slow = slowest(); slow != null; slow = slowest()) {
      long left = patience.toNanos() - (System.nanoTime() - since);
      if (left <= 0) {
        close(slow, CloseCode.TOO_SLOW);
        slow.drop();
        views.remove(slow);
        continue;
      }
      long before = slow.acknowledged();
      await(left);
      if (slow.acknowledged() != before) {
        since = System.nanoTime();
      }
    }
  }

  private @Nullable View slowest() {
    for (View view : views) {
      if (!view.isClosing() && scrollback.head() - view.acknowledged() > Limits.WINDOW_BYTES) {
        return view;
      }
    }
    return null;
  }

  private void await(long nanos) {
    try {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended() {
    int code = program.exitCode();
    synchronized (this) {
      running = false;
      input.close();
      for (View view : List.copyOf(views)) {
        view.exited(code);
        view.pump(scrollback);
      }
    }
  }
}
