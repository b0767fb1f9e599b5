// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pings are answered before anybody is asked (RFC 6455 section 5.5.2): the answers must not pile
 * up.
 */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class PingFloodIT {
  /** Far more than both kernels keep for one connection. */
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private static final int PINGS_AT_ONCE = 512;
  private static final int PAYLOAD = 125;

  Stage stage;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoPingsAndReadsNothingIsStoppedAndThenClosed() throws IOException {
    TestBrowser owner = stage.newBrowser();
    String session = owner.open(stage.workspaceOf(owner.user()));
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(Handshake.of(owner, owner.ticket(session, 1)).getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
      assertThat(new String(answer, US_ASCII)).isEqualTo("HTTP/1.1 101");
      byte[] pings = pings();
      assertThatThrownBy(
              () -> {
                for (int sent = 0; sent < MOST_BYTES; sent += pings.length) {
                  out.write(pings);
                }
              })
          .as("the connection ends before all were taken")
          .isInstanceOf(IOException.class);
    }
    assertThat(owner.get("/api/me").statusCode()).isEqualTo(200);
  }

  /** Final, opcode 9, masked with zeros. */
  private static byte[] pings() {
    int length = 2 + 4 + PAYLOAD;
    byte[] pings = new byte[PINGS_AT_ONCE * length];
    for (int i = 0; i < PINGS_AT_ONCE; i++) {
      pings[i * length] = (byte) 0x89;
      pings[i * length + 1] = (byte) (0x80 | PAYLOAD);
    }
    return pings;
  }
}
