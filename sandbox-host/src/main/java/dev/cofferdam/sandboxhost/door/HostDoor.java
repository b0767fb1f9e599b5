// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.door;

import dev.cofferdam.sandboxhost.box.Boxes;
import dev.cofferdam.sandboxhost.meter.BoxMeter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;

/** Listens for the gateway, and for nobody else: the kernel tells who connects (unix(7)). */
public final class HostDoor {
  private static final int MOST_CONNECTIONS = 16;

  private final Path socket;
  private final String peer;
  private final Boxes boxes;
  private final BoxMeter meter;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);

  /** Admits connections of the user named {@code peer} only. */
  public HostDoor(Path socket, String peer, Boxes boxes, BoxMeter meter) {
    this.socket = socket;
    this.peer = peer;
    this.boxes = boxes;
    this.meter = meter;
  }

  /** Serves until the process ends. */
  public void serve() throws IOException {
    // Under its name only once it may be used.
    Path unnamed = socket.resolveSibling(socket.getFileName() + ".new");
    Files.deleteIfExists(unnamed);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(unnamed));
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-rw-rw-"));
      Files.move(unnamed, socket, StandardCopyOption.ATOMIC_MOVE);
      System.out.println("sandbox-host listens");
      while (true) {
        accept(server.accept());
      }
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    String user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    if (user.equals("root") && !user.equals(peer)) {
      channel.close(); // The supervisor looks whether we are there.
      return;
    }
    if (!user.equals(peer) || !room.tryAcquire()) {
      System.err.println("{\"security\":\"peer-refused\",\"user\":\"" + user + "\"}");
      channel.close();
      return;
    }
    try {
      Thread.ofPlatform().daemon().name("gateway").start(() -> serve(channel));
    } catch (OutOfMemoryError e) {
      // No thread is to be had, pthread_create(3). The gateway comes again, and so may threads.
      room.release();
      System.err.println("a connection was refused: " + e.getMessage());
      channel.close();
    }
  }

  private void serve(SocketChannel channel) {
    try {
      HostConnection.serve(channel, boxes, meter);
    } finally {
      room.release();
    }
  }
}
