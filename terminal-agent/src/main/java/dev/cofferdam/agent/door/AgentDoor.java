// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.door;

import dev.cofferdam.agent.Agent;
import dev.cofferdam.agent.SecurityRecord;
import dev.cofferdam.tickets.TicketVerifier;
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

/** Listens on the agent's Unix socket: a thread for each connection, at most 512 of them. */
public final class AgentDoor {
  /** 32 terminals with 8 views each, and as many control connections. */
  private static final int MOST_CONNECTIONS = 512;

  private final Path socket;
  private final Orders orders;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);

  public AgentDoor(Path socket, Agent agent, TicketVerifier tickets, SecurityRecord records) {
    this.socket = socket;
    orders = new Orders(agent, tickets, records);
  }

  /** Serves until the process ends. */
  public void serve() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Under its name only once it may be used. Whose turn it is, the box's directory decides.
      Path unnamed = socket.resolveSibling("unnamed");
      server.bind(UnixDomainSocketAddress.of(unnamed));
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-rw-rw-"));
      Files.move(unnamed, socket, StandardCopyOption.ATOMIC_MOVE);
      while (true) {
        accept(server.accept());
      }
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    if (!room.tryAcquire()) {
      channel.close();
      return;
    }
    try {
      Thread.ofPlatform().daemon().name("connection").start(() -> serve(channel));
    } catch (OutOfMemoryError e) {
      // No thread is to be had, pthread_create(3): programs have them all. Others may end.
      room.release();
      System.err.println("a connection was refused: " + e.getMessage());
      channel.close();
    }
  }

  private void serve(SocketChannel channel) {
    try {
      Connection.serve(channel, orders);
    } finally {
      room.release();
    }
  }
}
