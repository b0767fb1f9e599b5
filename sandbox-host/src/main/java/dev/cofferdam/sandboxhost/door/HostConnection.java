// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostCodec;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandbox.protocol.HostMessage;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.sandbox.protocol.MalformedMessage;
import dev.cofferdam.sandboxhost.box.Boxes;
import dev.cofferdam.sandboxhost.meter.BoxMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** One connection: a request a line; answers come when they are ready, in any order. */
final class HostConnection {
  private static final int MOST_REQUESTS = 64;
  private static final int READ_BYTES = 8192;
  private static final String LOG_SAYS_WHY = "sandbox-host's log says why.";

  private final SocketChannel channel;
  private final Boxes boxes;
  private final BoxMeter meter;
  private final Semaphore room = new Semaphore(MOST_REQUESTS);
  private final StringBuilder pending = new StringBuilder();

  private HostConnection(SocketChannel channel, Boxes boxes, BoxMeter meter) {
    this.channel = channel;
    this.boxes = boxes;
    this.meter = meter;
  }

  static void serve(SocketChannel channel, Boxes boxes, BoxMeter meter) {
    HostConnection connection = new HostConnection(channel, boxes, meter);
    Consumer<HostEvent> watcher = connection::tell;
    try (channel) {
      connection.readAll(watcher);
    } catch (IOException e) {
      // The gateway is gone; its boxes stay.
      return;
    } finally {
      boxes.unwatch(watcher);
    }
  }

  private void readAll(Consumer<HostEvent> watcher) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
    while (channel.read(bytes.clear()) >= 0) {
      pending.append(UTF_8.decode(bytes.flip()));
      for (int end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n")) {
        String line = pending.substring(0, end);
        pending.delete(0, end + 1);
        take(line, watcher);
      }
      if (pending.length() > HostCodec.LONGEST_LINE) {
        return;
      }
    }
  }

  private void take(String line, Consumer<HostEvent> watcher) {
    HostRequest request;
    try {
      request = HostCodec.readRequest(line);
    } catch (MalformedMessage e) {
      tell(new HostAnswer.Refused(0, "malformed", Optional.ofNullable(e.getMessage()).orElse("")));
      return;
    }
    room.acquireUninterruptibly();
    Runnable work =
        () -> {
          try {
            tell(carryOut(request, watcher));
          } finally {
            room.release();
          }
        };
    try {
      Thread.ofPlatform().daemon().name("request-" + request.id()).start(work);
    } catch (OutOfMemoryError e) {
      // No thread is to be had, pthread_create(3).
      room.release();
      System.err.println("a request was refused: " + e.getMessage());
      tell(new HostAnswer.Refused(request.id(), "start-failed", LOG_SAYS_WHY));
    }
  }

  private HostAnswer carryOut(HostRequest request, Consumer<HostEvent> watcher) {
    try {
      return switch (request) {
        case HostRequest.Start r -> boxes.start(r.id(), r.workspace(), channel::isOpen);
        case HostRequest.Warm r -> boxes.warm(r.id(), r.workspace());
        case HostRequest.ListBoxes r -> boxes.list(r.id());
        case HostRequest.Measure r -> new HostAnswer.Measured(r.id(), meter.of(boxes.list()));
        case HostRequest.End r -> boxes.end(r.id(), r.sandbox());
        case HostRequest.Destroy r -> boxes.destroy(r.id(), r.workspace());
        case HostRequest.Watch r -> {
          boxes.watch(watcher);
          yield new HostAnswer.Accepted(r.id());
        }
      };
    } catch (IOException | RuntimeException e) {
      System.err.println("a request failed: " + e);
      return new HostAnswer.Refused(request.id(), "start-failed", LOG_SAYS_WHY);
    }
  }

  private synchronized void tell(HostMessage message) {
    ByteBuffer line = UTF_8.encode(HostCodec.write(message) + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      // Read by the other thread as the end of the connection.
      return;
    }
  }
}
