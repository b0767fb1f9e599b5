// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** A server on loopback that speaks JSON and forms. */
final class StandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** What was asked for. */
  record Asked(
      String method, String path, Map<String, String> form, String body, String authorization) {}

  /** What is answered; an object becomes JSON. */
  record Said(int status, Object body) {
    static Said ok(Object body) {
      return new Said(200, body);
    }

    static Said status(int status) {
      return new Said(status, Map.of("message", "no"));
    }
  }

  /** Answers. */
  @FunctionalInterface
  interface Route {
    Said answer(Asked asked) throws Exception;
  }

  void on(String path, Route route) {
    server.createContext(path, exchange -> handle(exchange, route));
  }

  private static void handle(HttpExchange exchange, Route route) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    Said said;
    try {
      said =
          route.answer(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  form(body),
                  body,
                  given == null ? "" : given));
    } catch (Exception e) {
      said = Said.status(500);
    }
    byte[] bytes = JSON.writeValueAsBytes(said.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(said.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Of a form's body or of an address's query. */
  static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return form;
  }

  static Map<String, String> query(URI address) {
    return address.getRawQuery() == null ? Map.of() : form(address.getRawQuery());
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
