// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * What lies between a browser and its server, and can be cut as a lost Wi-Fi is: nothing passes any
 * more and nobody is told.
 */
public final class Tunnel implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean cut;

  private Tunnel(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To this port of this machine. */
  public static Tunnel to(int port) {
    Tunnel tunnel = new Tunnel(port);
    Thread.ofVirtual().start(tunnel::acceptAll);
    return tunnel;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Whatever comes from either side is lost from now on. */
  public void cut() {
    cut = true;
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      }
    } catch (IOException e) {
      return;
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (cut) {
          // Reads no more either: what is sent piles up at the sender.
          closed.await();
          return;
        }
        out.write(bytes, 0, read);
      }
      if (!cut) {
        to.close();
      }
    } catch (IOException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
