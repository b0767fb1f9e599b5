// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of loopback that was free a moment ago; who asked for it must be ready to ask again. */
public final class FreePort {
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * @throws TestkitException if there is none
   */
  public static int pick() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new TestkitException("no port is free", e);
    }
  }

  /**
   * The lower of two that lie side by side.
   *
   * @throws TestkitException if none are found
   */
  public static int pickTwo() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int left = TRIES; left > 0; left--) {
      int port = pick();
      try (ServerSocket first = new ServerSocket(port, 1, loopback);
          ServerSocket second = new ServerSocket(port + 1, 1, loopback)) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (IOException | IllegalArgumentException e) {
        // One of them is taken, or there is no port above.
        continue;
      }
    }
    throw new TestkitException("no two ports side by side are free");
  }

  /** Whether somebody accepts connections there. */
  static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
