// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for workspace-service where its own work must not be counted: on threads that can be
 * told from the gateway's, with one answer to everybody, and no memory of who asked.
 */
public final class QuickWorkspaces implements QuarkusTestResourceLifecycleManager {
  /** How the names of all its threads begin. */
  static final String[] THREADS = {"plays-", "HTTP-Dispatcher"};

  private static final byte[] ONE =
      """
      [{"id":"0197a1c2-7d60-7a3b-9f10-5b1d3c2e4f60","name":"one",\
      "createdAt":"2026-01-01T00:00:00Z","lastOpenedAt":null,"lastOpenedBy":null,\
      "openNow":false,"initialised":false}]"""
          .getBytes(UTF_8);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(THREADS[0], 0).factory());
  private final HttpServer server;

  public QuickWorkspaces() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Behind the stage, whose address this one takes the place of. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    server.setExecutor(threads);
    server.createContext("/workspaces", QuickWorkspaces::answer);
    server.start();
    return Map.of(
        "coffer.workspace.url",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "coffer.leftovers.every",
        "1h");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, ONE.length);
      exchange.getResponseBody().write(ONE);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
    threads.close();
  }
}
