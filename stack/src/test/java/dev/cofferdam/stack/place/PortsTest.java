// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void findsDifferentFreePorts() throws IOException {
    assertThat(Ports.free(8))
        .doesNotHaveDuplicates()
        .allMatch(port -> Ports.obstacle(InetAddress.getLoopbackAddress(), port).isEmpty());
  }

  @Test
  void findsPortsThatNoConnectionIsGivenMeanwhile() throws IOException {
    String range = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range")).getFirst();
    int first = Integer.parseInt(range.strip().split("\\s+")[0]);
    // Where connections are given low ones as well there is nothing to choose from.
    assertThat(Ports.free(8)).allMatch(port -> port < first || first <= 10_000);
  }

  @Test
  void namesTheProcessThatHoldsAPort() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.obstacle(InetAddress.getLoopbackAddress(), held.getLocalPort()))
          .hasValueSatisfying(
              obstacle ->
                  assertThat(obstacle)
                      .contains("(pid " + ProcessHandle.current().pid() + ")")
                      .contains("--port"));
    }
  }

  @Test
  void saysThatAnAddressIsNotOurs() {
    // TEST-NET-1 of RFC 5737, which nobody has.
    assertThat(Ports.obstacle(InetAddress.ofLiteral("192.0.2.1"), 8484))
        .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("192.0.2.1", "--listen"));
  }
}
