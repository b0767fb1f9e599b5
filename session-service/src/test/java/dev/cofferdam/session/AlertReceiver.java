// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody's end of the webhook. It believes nothing that is not signed with the secret. */
public final class AlertReceiver {
  private static final byte[] SECRET = "only for tests, 32 bytes of text".getBytes(UTF_8);

  private final HttpServer server;
  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusing = new AtomicInteger();
  private volatile CountDownLatch answering = new CountDownLatch(0);

  public record Message(String id, String body) {}

  private AlertReceiver(HttpServer server) {
    this.server = server;
  }

  static AlertReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AlertReceiver receiver = new AlertReceiver(server);
    server.createContext("/", receiver::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return receiver;
  }

  Map<String, String> settings() {
    return Map.of(
        "coffer.alerts.webhook-url",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts",
        "coffer.alerts.webhook-secret",
        "whsec_" + Base64.getEncoder().encodeToString(SECRET));
  }

  /** The next so many messages are not taken. */
  public void refuse(int messages) {
    refusing.set(messages);
  }

  /** How many are still not taken. */
  public int refusing() {
    return refusing.get();
  }

  /** From now on it reads what it is told and says nothing, until {@link #answer}. */
  public void keepSilent() {
    answering = new CountDownLatch(1);
  }

  public void answer() {
    answering.countDown();
  }

  public List<Message> taken() {
    return List.copyOf(taken);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (answering.getCount() > 0) {
        silent(answering);
        return;
      }
      int status = 204;
      if (refusing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        status = 503;
      } else if (isSigned(exchange, body)) {
        taken.add(new Message(exchange.getRequestHeaders().getFirst("webhook-id"), body));
      } else {
        status = 401;
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static void silent(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isSigned(HttpExchange exchange, String body) {
    try {
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
      byte[] code = mac.doFinal((id + "." + at + "." + body).getBytes(UTF_8));
      return ("v1," + Base64.getEncoder().encodeToString(code))
          .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void close() {
    server.stop(0);
  }
}
