// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets a socket, and who does not. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class TerminalDoorIT extends OpenTerminal {
  @ParameterizedTest
  @CsvSource({
    "'', '', 101",
    "HTTP/1.1, HTTP/1.0, 426",
    "Version: 13, Version: 8, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, short, 426",
    "'Upgrade: websocket', 'Upgrade: h2c', 426",
    "'Upgrade: websocket', 'Upgrade: websocket\\r\\nContent-Length: 5', 426",
    "' HTTP/1.1', '&ticket=other HTTP/1.1', 403",
    "'GET ', 'POST ', 403"
  })
  void upgradesOnlyWhatIsExactlyAWebSocketOfOurs(String part, String instead, int status)
      throws IOException {
    String request = Handshake.of(owner, owner.ticket(session, 1));
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      socket.setSoTimeout(5000);
      String twisted =
          part.isEmpty() ? request : request.replace(part, instead.replace("\\r\\n", "\r\n"));
      socket.getOutputStream().write(twisted.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), UTF_8);
      assertThat(answer).endsWith(" " + status);
    }
  }

  @Test
  void agreesToNoExtension() throws IOException {
    String request =
        Handshake.of(owner, owner.ticket(session, 1))
            .replace(
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Extensions: permessage-deflate, x-webkit-deflate-frame\r\n"
                    + "Sec-WebSocket-Key");
    try (Socket socket = new Socket("127.0.0.1", stage.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      byte[] head = new byte[2000];
      String answer = new String(head, 0, socket.getInputStream().read(head), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 101 ");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("sec-websocket-protocol: coffer.terminal.v1")
          .doesNotContain("sec-websocket-extensions");
    }
  }

  @Test
  void letsAPersonHaveSoManySocketsAndNoMore() {
    for (int i = 0; i < 20; i++) {
      view();
    }
    TestView.Refusal refusal =
        TestView.refusal(vertx, owner, owner.ticket(session, 1), options -> options);
    assertThat(refusal.status()).isEqualTo(429);
    opened.getFirst().close();
    Eventually.within(SOON)
        .until(
            "a place",
            () ->
                TestView.refusal(vertx, owner, owner.ticket(session, 1), options -> options)
                        .status()
                    == 101);
  }

  @Test
  void opensNoSocketForAnotherSite() {
    for (String origin :
        List.of("http://evil.example", "null", owner.origin() + "0", "https://localhost")) {
      TestView.Refusal refusal =
          TestView.refusal(
              vertx,
              owner,
              owner.ticket(session, 1),
              options -> options.putHeader("Origin", origin));
      assertThat(refusal.status()).as(origin).isEqualTo(403);
      assertThat(refusal.body()).contains("/other-site\"");
    }
    TestView.Refusal without =
        TestView.refusal(
            vertx, owner, owner.ticket(session, 1), options -> options.setAllowOriginHeader(false));
    assertThat(without.status()).isEqualTo(403);
  }

  @Test
  void opensNoSocketWithoutTheBrowserThatAskedForTheTicket() {
    TestBrowser other = stage.browserOf(owner.user());
    String ticket = owner.ticket(session, 1);
    assertThat(TestView.refusal(vertx, other, ticket, o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status())
        .as("spent by the attempt")
        .isEqualTo(403);
    TestView.Refusal anonymous =
        TestView.refusal(
            vertx,
            owner,
            owner.ticket(session, 1),
            options -> {
              options.getHeaders().remove("Cookie");
              return options;
            });
    assertThat(anonymous.status()).isEqualTo(401);
  }

  @Test
  void takesATicketOnce() {
    String ticket = owner.ticket(session, 1);
    assertThat(ticket).matches("[A-Za-z0-9_-]+");
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(101);
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, "x".repeat(43), o -> o).status()).isEqualTo(403);
    assertThat(TestView.refusal(vertx, owner, "", o -> o).status()).isEqualTo(403);
  }

  @Test
  void takesNoTicketOfBeforeASignOut() {
    String ticket = owner.ticket(session, 1);
    owner.post("/api/sign-out", "{}");
    assertThat(TestView.refusal(vertx, owner, ticket, o -> o).status()).isEqualTo(403);
  }

  @Test
  void speaksItsOwnSubProtocolOnly() {
    TestView.Refusal refusal =
        TestView.refusal(
            vertx,
            owner,
            owner.ticket(session, 1),
            options -> options.setSubProtocols(List.of("coffer.terminal.v9")));
    assertThat(refusal.status()).isEqualTo(426);
    assertThat(owner.get("/api/terminal?ticket=x").statusCode()).isEqualTo(426);
  }
}
