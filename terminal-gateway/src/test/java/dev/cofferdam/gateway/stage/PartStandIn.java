// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.edge.ClientAddressHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Stands in for another service: a small HTTP server that speaks its documented JSON. The real ones
 * are met by the tests of the whole system.
 */
public final class PartStandIn {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();
  private volatile boolean down;
  private volatile boolean hanging;

  /**
   * What was asked.
   *
   * @param client from where a person asked for it, as the gateway says; may be empty
   */
  public record Call(
      String method,
      String path,
      String bearer,
      String client,
      JsonNode body,
      List<String> groups) {}

  /** What is answered. */
  public record Reply(int status, Object body, Map<String, String> headers) {
    public Reply(int status, Object body) {
      this(status, body, Map.of());
    }

    /** The same with one header and no other. */
    public Reply with(String name, String value) {
      return new Reply(status, body, Map.of(name, value));
    }

    public static Reply ok(Object body) {
      return new Reply(200, body);
    }

    public static Reply problem(int status, String slug) {
      return new Reply(
          status,
          Map.of(
              "type",
              "https://cofferdam.dev/problems/" + slug,
              "title",
              slug,
              "status",
              status,
              "detail",
              "in a test",
              "id",
              "1"));
    }
  }

  /** Makes the answer. */
  public interface Answerer {
    Reply answer(Call call);
  }

  private record Route(String method, Pattern path, Answerer answerer) {}

  public PartStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public PartStandIn on(String method, String path, Answerer answerer) {
    routes.add(new Route(method, Pattern.compile(path), answerer));
    return this;
  }

  /** Connections break from now on, or work again. */
  public void setDown(boolean down) {
    this.down = down;
  }

  /** Requests are taken and not answered. */
  public void setHanging(boolean hanging) {
    this.hanging = hanging;
  }

  /** Something happens before the next call to such a path is answered. */
  public void beforeAnswering(String path, Runnable happens) {
    happenings.put(path, happens);
  }

  private void happen(String path) {
    for (String pattern : List.copyOf(happenings.keySet())) {
      Runnable happens = path.matches(pattern) ? happenings.remove(pattern) : null;
      if (happens != null) {
        happens.run();
      }
    }
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public List<Call> callsTo(String path) {
    return calls.stream().filter(call -> call.path().matches(path)).toList();
  }

  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      while (hanging) {
        LockSupport.parkNanos(10_000_000);
      }
      if (down) {
        return;
      }
      Reply reply = reply(exchange);
      if (down) {
        // It died meanwhile: what was asked is done, and nobody hears of it.
        return;
      }
      byte[] body = reply.body() == null ? new byte[0] : JSON.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
    String path = exchange.getRequestURI().getPath();
    String client =
        Objects.requireNonNullElse(
            exchange.getRequestHeaders().getFirst(ClientAddressHeader.NAME), "");
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String bearer = StandInToken.plain(Objects.requireNonNullElse(authorization, ""));
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(path);
      if (route.method().equals(exchange.getRequestMethod()) && matcher.matches()) {
        List<String> groups =
            IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList();
        Call call = new Call(route.method(), path, bearer, client, body, groups);
        calls.add(call);
        happen(path);
        return route.answerer().answer(call);
      }
    }
    return Reply.problem(404, "not-found");
  }
}
