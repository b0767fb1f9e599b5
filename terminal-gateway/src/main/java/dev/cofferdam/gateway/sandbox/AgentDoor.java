// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

import dev.cofferdam.terminal.protocol.BadFrame;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Orders to an agent, each over a connection of its own; its own deadline ends each. Orders carry
 * tickets, so nothing of them is printed.
 */
public final class AgentDoor {
  private static final long KNOCK_EVERY_MILLIS = 4;
  private static final int READ_BYTES = 4096;

  private AgentDoor() {}

  /**
   * Sends one order to an agent that listens; its last answer.
   *
   * @throws IOException if the agent is gone or silent for so long
   */
  public static ControlAnswer order(String socket, ControlFrame order, Duration patience)
      throws IOException {
    return order(socket, order, patience, () -> false, step -> {});
  }

  /**
   * The same for a lease.
   *
   * @param refused hears of tickets that the agent has refused since the last one, on this thread
   */
  public static ControlAnswer renew(
      String socket,
      ControlFrame.Renew order,
      Duration patience,
      Consumer<ControlAnswer.Refused> refused)
      throws IOException {
    return ask(
        socket,
        order,
        patience,
        () -> false,
        answer -> {
          if (answer instanceof ControlAnswer.Refused r) {
            refused.accept(r);
          }
        });
  }

  /**
   * The same to an agent that may still be starting.
   *
   * @param mayStart whether it is worth knocking again while nobody listens
   * @param steps hears of progress as it happens, on this thread
   */
  public static ControlAnswer order(
      String socket,
      ControlFrame order,
      Duration patience,
      BooleanSupplier mayStart,
      Consumer<ControlAnswer.Step> steps)
      throws IOException {
    return ask(
        socket,
        order,
        patience,
        mayStart,
        answer -> {
          if (answer instanceof ControlAnswer.Step step) {
            steps.accept(step);
          }
        });
  }

  /** {@code before} hears what comes before the last answer. */
  private static ControlAnswer ask(
      String socket,
      ControlFrame order,
      Duration patience,
      BooleanSupplier mayStart,
      Consumer<ControlAnswer> before)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try (SocketChannel agent = connect(socket, end, mayStart)) {
      CompletableFuture<Void> alarm = closeAt(agent, end);
      try {
        ByteBuffer bytes = FrameCodec.encodeWithLength(order);
        while (bytes.hasRemaining()) {
          agent.write(bytes);
        }
        return readAnswer(agent, before);
      } finally {
        alarm.cancel(false);
      }
    } catch (BadFrame e) {
      throw new IOException("the agent does not speak the protocol", e);
    }
  }

  private static SocketChannel connect(String socket, long end, BooleanSupplier mayStart)
      throws IOException {
    while (true) {
      SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        agent.connect(UnixDomainSocketAddress.of(socket));
        return agent;
      } catch (IOException e) {
        agent.close();
        if (System.nanoTime() >= end || !mayStart.getAsBoolean()) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(KNOCK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A blocking channel has no time-out of its own. */
  private static CompletableFuture<Void> closeAt(SocketChannel agent, long end) {
    long left = Math.max(1, end - System.nanoTime());
    return CompletableFuture.runAsync(
        () -> {
          try {
            agent.close();
          } catch (IOException e) {
            // The reader finds out.
            return;
          }
        },
        CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS));
  }

  private static ControlAnswer readAnswer(SocketChannel agent, Consumer<ControlAnswer> before)
      throws IOException {
    FrameSplitter splitter = new FrameSplitter();
    Queue<Frame> frames = new ArrayDeque<>();
    ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
    while (agent.read(bytes.clear()) >= 0) {
      splitter.accept(bytes.flip(), frame -> frames.add(FrameCodec.decode(frame)));
      for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
        switch (frame) {
          case ControlAnswer.Step step -> before.accept(step);
          case ControlAnswer.Refused refused -> before.accept(refused);
          case ControlAnswer last -> {
            return last;
          }
          default -> throw new BadFrame("no answer to an order");
        }
      }
    }
    throw new IOException("the agent hung up");
  }
}
