// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostCodec;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandbox.protocol.HostMessage;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.sandbox.protocol.MalformedMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to sandbox-host: watches, asks, and comes back by itself. At most as many
 * requests are under way as there are callers; sandbox-host bounds them again.
 */
final class HostLine {
  private static final Logger LOG = Logger.getLogger(HostLine.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Path socket;
  private final Consumer<HostEvent> events;
  private final Runnable connected;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<HostAnswer>> pending = new ConcurrentHashMap<>();
  private volatile @Nullable SocketChannel channel;
  private volatile boolean running = true;

  HostLine(Path socket, Consumer<HostEvent> events, Runnable connected) {
    this.socket = socket;
    this.events = events;
    this.connected = connected;
  }

  void start() {
    Thread.ofVirtual().name("sandbox-host").start(this::run);
  }

  void close() {
    running = false;
    hangUp();
  }

  boolean isConnected() {
    return channel != null;
  }

  HostAnswer ask(LongFunction<HostRequest> request, Duration patience) {
    long id = ids.incrementAndGet();
    CompletableFuture<HostAnswer> answer = new CompletableFuture<>();
    pending.put(id, answer);
    try {
      write(request.apply(id));
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (pending.remove(id) == null) {
        return answer.join(); // it has come this moment
      }
      throw new ProblemException(Problem.unavailable("sandbox-host"), e);
    } catch (IOException | ExecutionException e) {
      throw new ProblemException(Problem.unavailable("sandbox-host"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("sandbox-host"), e);
    } finally {
      pending.remove(id);
    }
  }

  private synchronized void write(HostRequest request) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      throw new IOException("not connected");
    }
    ByteBuffer line = UTF_8.encode(HostCodec.write(request) + "\n");
    while (line.hasRemaining()) {
      open.write(line);
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (running) {
      try (SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        opened.connect(UnixDomainSocketAddress.of(socket));
        channel = opened;
        pause = FIRST_PAUSE_MILLIS;
        write(new HostRequest.Watch(ids.incrementAndGet()));
        LOG.info("sandbox-host answers");
        connected.run();
        readAll(opened);
      } catch (IOException | MalformedMessage e) {
        LOG.debugf("sandbox-host: %s", e.getMessage());
      }
      if (hangUp()) {
        LOG.warn("sandbox-host is gone; looking for it");
      }
      pause = sleep(pause);
    }
  }

  private void readAll(SocketChannel opened) throws IOException {
    BufferedReader lines =
        new BufferedReader(Channels.newReader(opened, UTF_8.newDecoder(), HostCodec.LONGEST_LINE));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      take(HostCodec.readMessage(line));
    }
  }

  private void take(HostMessage message) throws IOException {
    switch (message) {
      case HostAnswer answer -> {
        CompletableFuture<HostAnswer> asked = pending.remove(answer.id());
        if (asked != null) {
          asked.complete(answer);
        } else if (answer instanceof HostAnswer.Started late) {
          // Whoever asked has been told that there is none, and nobody else would end it.
          write(new HostRequest.End(ids.incrementAndGet(), late.box().sandbox()));
        }
      }
      case HostEvent event -> events.accept(event);
    }
  }

  private boolean hangUp() {
    SocketChannel open = channel;
    channel = null;
    pending.values().forEach(f -> f.completeExceptionally(new IOException("sandbox-host is gone")));
    if (open == null) {
      return false;
    }
    try {
      open.close();
    } catch (IOException e) {
      LOG.debugf("closing: %s", e.getMessage());
    }
    return true;
  }

  private long sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
    return Math.min(LONGEST_PAUSE_MILLIS, millis * 2);
  }
}
