// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts listen where somebody is to come in, at loopback, and nowhere else. */
@ExtendWith(SharedCoffer.class)
class OwnPortsIT {
  /** State of a socket that listens, in proc_net_tcp of the kernel's documentation. */
  private static final String LISTENS = "0A";

  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0".repeat(24) + "01000000", "0000000000000000FFFF00000100007F");

  /** Its door, and the one for health and figures. */
  @ParameterizedTest
  @ValueSource(
      strings = {"auth-service", "session-service", "workspace-service", "terminal-gateway"})
  void aServiceListensAtItsTwoPorts(String service, Coffer coffer) throws IOException {
    Coffer.Part part = coffer.part(service);
    Set<String> own = sockets(part.pid());
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      List<String> lines = Files.readAllLines(Path.of("/proc", part.pid() + "", "net", table));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals(LISTENS) && own.contains(fields[9])) {
          String[] address = fields[1].split(":");
          assertThat(LOOPBACK).contains(address[0]);
          ports.add(Integer.parseInt(address[1], 16));
        }
      }
    }
    assertThat(ports).hasSize(2).contains(part.port());
  }

  /** Their inodes. */
  private static Set<String> sockets(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", pid + "", "fd"))) {
      for (Path file : files) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return inodes;
  }

  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
