// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the channel's own clock, which stands still until a test moves it. */
class WholeRequestsTest {
  private static final long LONGEST = WholeRequests.LONGEST.toSeconds();
  private static final String HEADERS = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n";

  private final EmbeddedChannel connection =
      new EmbeddedChannel(new HttpRequestDecoder(), new WholeRequests());

  @BeforeEach
  void stopTheClock() {
    connection.freezeTime();
  }

  @AfterEach
  void close() {
    connection.finishAndReleaseAll();
  }

  private void send(String text) {
    connection.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    connection.releaseInbound();
  }

  private void passSeconds(long seconds) {
    connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
    connection.runScheduledPendingTasks();
  }

  @Test
  void endOneWhoseHeadersComeAByteAtATime() {
    for (int i = 0; i < LONGEST; i++) {
      assertThat(connection.isOpen()).as("after %d s", i).isTrue();
      send(HEADERS.substring(i, i + 1));
      passSeconds(1);
    }
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void endOneWhoseBodyDoesNotCome() {
    send(HEADERS + "abc");
    passSeconds(LONGEST - 1);
    assertThat(connection.isOpen()).isTrue();
    passSeconds(1);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void leaveOneThatWaitsForItsAnswer() {
    send(HEADERS);
    passSeconds(LONGEST - 1);
    send("abcd");
    passSeconds(10 * LONGEST);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void countEachRequestFromItsOwnFirstByte() {
    send(HEADERS + "abcd");
    passSeconds(LONGEST);
    send(HEADERS);
    passSeconds(LONGEST - 1);
    assertThat(connection.isOpen()).isTrue();
    passSeconds(1);
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void leaveOneThatBecameASocket() {
    send(HEADERS + "abcd");
    connection.pipeline().remove(HttpRequestDecoder.class);
    send("no request");
    passSeconds(LONGEST);
    assertThat(connection.isOpen()).isTrue();
  }
}
