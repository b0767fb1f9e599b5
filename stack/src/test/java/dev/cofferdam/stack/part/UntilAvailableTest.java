// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UntilAvailableTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;
  private int unavailable;

  UntilAvailableTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status(asked.incrementAndGet()), -1);
          exchange.close();
        });
    server.start();
  }

  private int status(int question) {
    if (question > unavailable) {
      return 201;
    }
    return question % 2 == 0 ? 500 : 503;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int within(Duration longest) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          new UntilAvailable(longest, PAUSE)
              .answerTo(() -> http.send(request, BodyHandlers.ofString()));
      return answer.statusCode();
    }
  }

  @Test
  void asksAgainWhatIsUnavailable() throws IOException, InterruptedException {
    unavailable = 3;
    assertThat(within(Duration.ofMinutes(1))).isEqualTo(201);
    assertThat(asked).hasValue(4);
  }

  @Test
  void asksOnceWhatIsThere() throws IOException, InterruptedException {
    assertThat(within(Duration.ofMinutes(1))).isEqualTo(201);
    assertThat(asked).hasValue(1);
  }

  @Test
  void endsWithTheLastAnswer() throws IOException, InterruptedException {
    unavailable = Integer.MAX_VALUE;
    assertThat(within(Duration.ofMillis(100))).isIn(500, 503);
    asked.set(0);
    assertThat(within(Duration.ZERO)).isEqualTo(503);
  }
}
