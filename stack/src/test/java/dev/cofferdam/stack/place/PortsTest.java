// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void findsDifferentFreePorts() throws IOException {
    assertThat(Ports.free(8)).doesNotHaveDuplicates().noneMatch(Ports::isTaken);
  }

  @Test
  void namesTheProcessThatHoldsAPort() throws IOException {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isTaken(held.getLocalPort())).isTrue();
      assertThat(Ports.holder(held.getLocalPort()))
          .hasValueSatisfying(
              holder -> assertThat(holder).endsWith("(pid " + ProcessHandle.current().pid() + ")"));
    }
  }
}
