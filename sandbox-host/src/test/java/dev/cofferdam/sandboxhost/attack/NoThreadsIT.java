// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandboxhost.lab.HostClient;
import dev.cofferdam.sandboxhost.lab.Lab;
import dev.cofferdam.sandboxhost.lab.NoThreads;
import dev.cofferdam.sandboxhost.lab.TestBox;
import dev.cofferdam.sandboxhost.lab.TestView;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Programs have all the processes there may be: a door refuses who comes then, and stays open. */
class NoThreadsIT {
  @Test
  void endNotTheDoorOfSandboxHost() throws IOException {
    try (Lab lab = Lab.ofItsOwn()) {
      NoThreads.during(
          lab.host().pid(),
          lab.user(),
          () -> {
            assertRefused(lab.host().socket());
            assertThat(lab.client().tryStart(lab.newWorkspace().id()))
                .isInstanceOf(HostAnswer.Refused.class)
                .extracting("problem")
                .isEqualTo("start-failed");
          });

      assertThat(lab.host().log()).anyMatch(line -> line.startsWith("a connection was refused: "));
      try (HostClient fresh = new HostClient(lab.host().socket());
          TestBox box = lab.newWorkspace().open()) {
        assertThat(fresh.list()).containsExactly(box.box());
      }
    }
  }

  @Test
  void endNotTheDoorOfAnAgent() throws IOException {
    Lab lab = Lab.shared();
    try (TestBox box = lab.newWorkspace().open()) {
      long agent = box.process("java").pid();
      NoThreads.during(agent, lab.user(), () -> assertRefused(Path.of(box.box().socket())));

      try (TestView terminal = box.terminal()) {
        assertThat(terminal.run("echo works")).isEqualTo("works\n");
      }
    }
  }

  private static void assertRefused(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(channel.read(ByteBuffer.allocate(1)))
          .as("the end of the connection")
          .isEqualTo(-1);
    }
  }
}
