// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for the agent of one box: speaks its protocol on a real Unix socket, echoes what a view
 * types, and opens and locks at a word. The real agent is met by the tests of the whole system.
 */
public final class AgentStandIn {
  public static final int WARN_SECONDS = 60;

  private final ServerSocketChannel server;
  private final Runnable onLock;
  private final List<Frame> orders = new CopyOnWriteArrayList<>();
  private final List<Line> views = new CopyOnWriteArrayList<>();
  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final List<Runnable> unanswered = new CopyOnWriteArrayList<>();
  private final AtomicInteger terminals = new AtomicInteger();
  private volatile String failure = "";
  private volatile boolean silent;
  private volatile int idleSecondsLeft = 600;
  private volatile Optional<Set<String>> leases = Optional.empty();
  private volatile Optional<ControlAnswer.Doing> doing = Optional.empty();
  private final List<ControlAnswer.Refused> refused = new CopyOnWriteArrayList<>();

  /** {@code onLock} runs once a Lock was answered: the box goes then. */
  AgentStandIn(Path socket, Runnable onLock) {
    this.onLock = onLock;
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** The next Open fails with this slug. */
  public void failWith(String slug) {
    failure = slug;
  }

  /** What it says to whoever renews its lease; it warns in the last minute. */
  public void setIdleSecondsLeft(int seconds) {
    idleSecondsLeft = seconds;
  }

  /**
   * Takes a ticket for a lease once from now on, as an agent does: whoever comes with it later is
   * refused in its words.
   */
  public void takeLeasesOnce() {
    leases = Optional.of(ConcurrentHashMap.newKeySet());
  }

  /** Says this as well from now on; before, it is an older agent. */
  public void setDoing(int idleSeconds, int running) {
    doing = Optional.of(new ControlAnswer.Doing(idleSeconds, running));
  }

  /** Tells of that at the next lease. */
  public void refuse(ControlAnswer.Refused told) {
    refused.add(told);
  }

  /** Orders are taken and not answered. */
  public void setSilent(boolean silent) {
    this.silent = silent;
  }

  /** Answers again, also what was asked meanwhile. */
  public void goOn() {
    silent = false;
    unanswered.forEach(Runnable::run);
    unanswered.clear();
  }

  /** Control frames so far. */
  public List<Frame> orders() {
    return List.copyOf(orders);
  }

  /** Views that have entered, in order. */
  public List<Line> views() {
    return List.copyOf(views);
  }

  void close() {
    try {
      server.close();
      for (Line line : lines) {
        line.channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Line line = new Line(server.accept());
        lines.add(line);
        Thread.ofPlatform().daemon().start(line::readAll);
      }
    } catch (IOException e) {
      return;
    }
  }

  /** One connection. */
  public final class Line {
    private final SocketChannel channel;
    private final List<ClientFrame> frames = new CopyOnWriteArrayList<>();
    private volatile boolean reading = true;
    private volatile boolean echoing = true;
    private volatile boolean ended;
    private boolean entered;
    private long offset;

    private Line(SocketChannel channel) {
      this.channel = channel;
    }

    /** What the client sent so far. */
    public List<ClientFrame> frames() {
      return List.copyOf(frames);
    }

    public boolean isEnded() {
      return ended;
    }

    /** Takes no more bytes, so that the other side can write no more. */
    public void stopReading() {
      reading = false;
    }

    public void resumeReading() {
      reading = true;
    }

    public void stopEchoing() {
      echoing = false;
    }

    /** Blocks while the other side takes nothing. */
    public synchronized void send(Frame frame) throws IOException {
      ByteBuffer bytes = FrameCodec.encodeWithLength(frame);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    public void sendRaw(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    public void output(byte[] bytes) throws IOException {
      send(new AgentFrame.Output(offset, bytes));
      offset += bytes.length;
    }

    private void readAll() {
      FrameSplitter splitter = new FrameSplitter();
      ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
      try (channel) {
        while (channel.read(bytes.clear()) >= 0) {
          splitter.accept(bytes.flip(), frame -> take(FrameCodec.decode(frame)));
          while (!reading) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
          }
        }
      } catch (IOException | UncheckedIOException e) {
        return;
      } finally {
        ended = true;
      }
    }

    private void take(Frame frame) {
      try {
        switch (frame) {
          case ControlFrame.Enter enter -> enter(enter);
          case ControlFrame order -> order(order);
          case ClientFrame client when entered -> client(client);
          default -> channel.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void enter(ControlFrame.Enter enter) throws IOException {
      orders.add(enter);
      if (enter.terminal() > 100) {
        CloseCode code = CloseCode.NO_SUCH_TERMINAL;
        send(new AgentFrame.Closed(code.code(), code.reason()));
        channel.close();
        return;
      }
      entered = true;
      views.add(this);
    }

    private void client(ClientFrame frame) throws IOException {
      frames.add(frame);
      switch (frame) {
        case ClientFrame.Attach attach ->
            send(new AgentFrame.Attached(0, 0, attach.columns(), attach.rows()));
        case ClientFrame.Input input -> {
          if (echoing) {
            output(input.bytes());
          }
        }
        case ClientFrame.Ping ping -> send(new AgentFrame.Pong(ping.nonce()));
        case ClientFrame.Resize r -> {}
        case ClientFrame.Ack a -> {}
        case ClientFrame.Stay s -> {}
      }
    }

    private void order(ControlFrame order) throws IOException {
      orders.add(order);
      if (silent) {
        unanswered.add(() -> carryOut(order));
        return;
      }
      carryOut(order);
    }

    private void carryOut(ControlFrame order) {
      try {
        answer(order);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void answer(ControlFrame order) throws IOException {
      switch (order) {
        case ControlFrame.Open o -> open(o);
        case ControlFrame.Lock l -> {
          for (Line view : views) {
            CloseCode code = CloseCode.LOCKED;
            view.send(new AgentFrame.Closed(code.code(), code.reason()));
          }
          send(new ControlAnswer.Done(0));
          onLock.run();
        }
        case ControlFrame.CreateTerminal c ->
            send(new ControlAnswer.Done(terminals.incrementAndGet()));
        case ControlFrame.ListTerminals l ->
            send(
                new ControlAnswer.Terminals(
                    List.of(new ControlAnswer.Terminal(1, 80, 24, true, "sh"))));
        case ControlFrame.CloseTerminal c when c.terminal() > 100 ->
            send(new ControlAnswer.Failed("no-such-terminal", "there is none"));
        case ControlFrame.Renew r when leases.filter(spent -> !spent.add(r.ticket())).isPresent() ->
            send(new ControlAnswer.Failed("ticket-refused", "the ticket was refused: replayed"));
        case ControlFrame.Renew r -> {
          for (ControlAnswer.Refused told : refused) {
            refused.remove(told);
            send(told);
          }
          send(new ControlAnswer.Renewed(idleSecondsLeft, WARN_SECONDS, doing));
        }
        case ControlFrame o -> send(new ControlAnswer.Done(0));
      }
    }

    private void open(ControlFrame.Open order) throws IOException {
      if (!failure.isEmpty()) {
        send(new ControlAnswer.Failed(failure, "in a test"));
        return;
      }
      send(new ControlAnswer.Step("key-released", 1));
      send(new ControlAnswer.Step("mounted", 2));
      send(new ControlAnswer.Step("cell-ready", 3));
      send(new ControlAnswer.Done(order.terminal().isPresent() ? terminals.incrementAndGet() : 0));
    }
  }
}
