// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import dev.cofferdam.testkit.Eventually;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection to an agent's socket; every frame that comes is queued. */
public final class AgentClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long STEP_MILLIS = 100;
  private static final long LOOK_EVERY_NANOS = 1_000_000;

  private final SocketChannel channel;
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  private AgentClient(SocketChannel channel) {
    this.channel = channel;
    Thread.ofPlatform().daemon().name("agent-client").start(this::readAll);
  }

  /** Connects as soon as the agent listens. */
  public static AgentClient connect(Path socket) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return new AgentClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("no agent listens on " + socket, e);
        }
        // More often than Eventually looks: how long this takes is measured.
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
  }

  private void readAll() {
    FrameSplitter splitter = new FrameSplitter();
    ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    try {
      while (channel.read(bytes.clear()) >= 0) {
        splitter.accept(bytes.flip(), frame -> frames.add(FrameCodec.decode(frame)));
      }
    } catch (IOException e) {
      // As good as an orderly end.
    }
    ended = true;
  }

  public void send(Frame frame) {
    sendRaw(FrameCodec.encodeWithLength(frame));
  }

  /** Passes over that the other side may have ended meanwhile. */
  public void trySend(Frame frame) {
    try {
      send(frame);
    } catch (IllegalStateException e) {
      // Whoever reads on will see the end.
      return;
    }
  }

  /** Bytes that need not be a frame. */
  public synchronized void sendRaw(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next frame, whatever it is; fails if there will be none. */
  public Frame next() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end) {
        boolean last = ended;
        Frame frame = frames.poll(last ? 0 : STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (frame != null) {
          return frame;
        }
        if (last) {
          throw new AssertionError("the connection has ended");
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("no frame within " + PATIENCE);
  }

  /** The next frame of this type; others before it are dropped. */
  public <F extends Frame> F next(Class<F> type) {
    for (Frame frame = next(); ; frame = next()) {
      if (type.isInstance(frame)) {
        return type.cast(frame);
      }
    }
  }

  /** Everything up to the last answer. */
  public List<ControlAnswer> order(Frame order) {
    send(order);
    List<ControlAnswer> answers = new ArrayList<>();
    do {
      answers.add(next(ControlAnswer.class));
    } while (answers.getLast() instanceof ControlAnswer.Step
        || answers.getLast() instanceof ControlAnswer.Refused);
    return answers;
  }

  /** The last answer. */
  public ControlAnswer result(Frame order) {
    return order(order).getLast();
  }

  public boolean hasEnded() {
    return ended;
  }

  public boolean hasFrames() {
    return !frames.isEmpty();
  }

  public void awaitEnd() {
    Eventually.within(PATIENCE).until("the connection has ended", () -> ended);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
