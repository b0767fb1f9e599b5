// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A port of loopback that was free a moment ago, and that the kernel gives to no connection; who
 * asked for it must be ready to ask again.
 */
public final class FreePort {
  private static final int TRIES = 100;
  private static final int LOWEST = 10_000;
  private static final int FIRST_OF_CONNECTIONS = 32_768;

  private FreePort() {}

  /**
   * @throws TestkitException if none is found
   */
  public static int pick() {
    return lowestOf(1);
  }

  /**
   * The lower of two that lie side by side.
   *
   * @throws TestkitException if none are found
   */
  public static int pickTwo() {
    return lowestOf(2);
  }

  private static int lowestOf(int count) {
    for (int left = TRIES; left > 0; left--) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_OF_CONNECTIONS - count);
      if (IntStream.range(port, port + count).allMatch(FreePort::isFree)) {
        return port;
      }
    }
    throw new TestkitException("no port is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
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
