// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands in front of several gateways: hands each connection to the next of them, or to the
 * one after it where that one takes none. Knows nothing of HTTP, so a client's requests go to all.
 * Can be cut through like a cable: then nothing passes and nobody is told, neither end hears of a
 * connection's end, and what was on its way arrives once it is mended.
 */
final class Balancer implements AutoCloseable {
  private static final int PIECE_BYTES = 16 * 1024;

  private final ServerSocket listening;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile List<Integer> gateways = List.of();
  private volatile CountDownLatch mended = new CountDownLatch(0);

  private Balancer(ServerSocket listening) {
    this.listening = listening;
  }

  /** Takes connections from now on. */
  static Balancer open() {
    try {
      Balancer balancer = new Balancer(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("balancer").start(balancer::acceptAll);
      return balancer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  String origin() {
    return "http://localhost:" + port();
  }

  /** Hands connections to these ports. */
  void to(List<Integer> ports) {
    gateways = List.copyOf(ports);
  }

  void cut() {
    mended = new CountDownLatch(1);
  }

  void mend() {
    mended.countDown();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Socket gateway = connectedOnceMended()) {
      open.add(gateway);
      Thread back = Thread.ofVirtual().start(() -> pass(gateway, client));
      pass(client, gateway);
      back.join();
      open.remove(gateway);
    } catch (IOException e) {
      // No gateway takes it, or one has died: the client sees its connection end.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private Socket connectedOnceMended() throws IOException, InterruptedException {
    mended.await();
    return connected();
  }

  private Socket connected() throws IOException {
    List<Integer> ports = gateways;
    int first = turn.getAndIncrement();
    IOException refused = new IOException("no gateway");
    for (int i = 0; i < ports.size(); i++) {
      try {
        int port = ports.get(Math.floorMod(first + i, ports.size()));
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        refused = e;
      }
    }
    throw refused;
  }

  /** Until either ends; then both do: nobody waits for a half that says no more. */
  private void pass(Socket from, Socket to) {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        mended.await();
        out.write(piece, 0, read);
      }
      mended.await();
    } catch (IOException e) {
      // Ended below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    mend();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Balancer::end);
  }
}
