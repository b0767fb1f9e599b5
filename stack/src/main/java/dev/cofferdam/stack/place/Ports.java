// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Ports of this machine's loopback address. */
public final class Ports {
  private static final int LOWEST = 10_000;
  private static final Path RANGE_OF_CONNECTIONS =
      Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int USUAL_FIRST_OF_CONNECTIONS = 32_768;
  private static final int TRIES = 100;

  /** The kernel chooses, among those of connections. */
  private static final int ANY = 0;

  private static final int LISTEN_COLUMN = 3;
  private static final int INODE_COLUMN = 9;

  private Ports() {}

  /**
   * So many different ports that nobody has at the moment, and that the kernel gives to no
   * connection: a part may come to listen there much later, or again (ip_local_port_range, ip(7)).
   */
  public static List<Integer> free(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    int end = firstOfConnections();
    try {
      for (int left = TRIES * count; held.size() < count; left--) {
        tryToHold(left > 0 ? ThreadLocalRandom.current().nextInt(LOWEST, end) : ANY, held);
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static void tryToHold(int port, List<ServerSocket> held) throws IOException {
    try {
      held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (BindException e) {
      if (port == ANY) {
        throw e;
      }
    }
  }

  private static int firstOfConnections() {
    try {
      // In one piece: what is left of such a file after a first read is empty.
      String range = Files.readAllLines(RANGE_OF_CONNECTIONS).getFirst();
      return Math.max(LOWEST + 1, Integer.parseInt(range.strip().split("\\s+")[0]));
    } catch (IOException e) {
      return USUAL_FIRST_OF_CONNECTIONS;
    }
  }

  /** Why nobody could listen there now, and what to do about it; empty if one could. */
  public static Optional<String> obstacle(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 1);
      return Optional.empty();
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (why.contains("assign requested address")) {
        return Optional.of(
            "this machine has no address " + address.getHostAddress() + ": see --listen");
      }
      if (why.contains("Permission denied")) {
        return Optional.of("port " + port + " is for root: start as root or choose a --port");
      }
      return Optional.of(
          "port "
              + port
              + " is taken by "
              + holder(port).orElse("another process")
              + ": stop it or choose one with --port");
    }
  }

  /** "name (pid 123)" of the process that listens on it, if we may know; proc(5). */
  static Optional<String> holder(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> inodes(Path.of(table), port))
        .findFirst()
        .flatMap(Ports::process);
  }

  private static Stream<String> inodes(Path table, int port) {
    String suffix = String.format(":%04X", port);
    try {
      return Files.readAllLines(table).stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(f -> f.length > INODE_COLUMN && f[1].endsWith(suffix))
          .filter(f -> f[LISTEN_COLUMN].equals("0A"))
          .map(f -> f[INODE_COLUMN]);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Optional<String> process(String inode) {
    Path wanted = Path.of("socket:[" + inode + "]");
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), wanted))
        .findFirst()
        .map(process -> name(process.pid()) + " (pid " + process.pid() + ")");
  }

  private static boolean holds(long pid, Path wanted) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.anyMatch(fd -> isLinkTo(fd, wanted));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isLinkTo(Path link, Path wanted) {
    try {
      return Files.readSymbolicLink(link).equals(wanted);
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (IOException e) {
      return "a process";
    }
  }
}
