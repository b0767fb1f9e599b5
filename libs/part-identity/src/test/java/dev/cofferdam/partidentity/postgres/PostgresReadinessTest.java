// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a PostgreSQL answers while it starts, and after. */
class PostgresReadinessTest {
  @ParameterizedTest
  @CsvSource({
    "E....SFATAL|C57P03|Mthe database system is starting up||, false",
    "E....SFATAL|C28000|Mpg_hba.conf rejects connection||, true",
    "R.......SCRAM-SHA-256||, true",
    "E....SFATAL|Mno code||, false",
    "'', false"
  })
  void isReadyOnceItRefusesNobodyForStarting(String answer, boolean ready) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answer(server, answer.replace('|', '\0')));
      assertThat(PostgresReadiness.isReady(server.getLocalPort(), "somebody", "coffer"))
          .isEqualTo(ready);
      answering.interrupt();
    }
  }

  private static void answer(ServerSocket server, String text) {
    try (Socket asked = server.accept()) {
      byte[] length = asked.getInputStream().readNBytes(4);
      asked.getInputStream().readNBytes(length[3] - 4);
      asked.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
