// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.edge.Subjects;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands where workspace-service would: grants to owners, 404 to others, over real HTTP. */
public final class GrantDesk implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> owners = new ConcurrentHashMap<>();
  private final String credential;
  private final HttpServer http;
  private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> granted = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private volatile boolean away;

  private GrantDesk(HttpServer http, String credential) {
    this.http = http;
    this.credential = credential;
  }

  static GrantDesk start(String credential) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GrantDesk desk = new GrantDesk(http, credential);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/internal/grants", desk::answer);
    http.createContext("/internal/counts", desk::count);
    http.start();
    return desk;
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** A fresh workspace of this user. */
  public String workspaceOf(UUID user) {
    String id = UUID.randomUUID().toString();
    owners.put(id, user.toString());
    return id;
  }

  /** Says that Vault is away, as workspace-service does when it is sealed. */
  public void vaultIsAway(boolean isAway) {
    away = isAway;
  }

  /** How many keys of this workspace it has granted. */
  public int grantsOf(String workspace) {
    return granted.getOrDefault(workspace, 0);
  }

  /**
   * The next answer about this workspace is late: it comes once what is returned has counted down
   * to zero. Whoever asks has counted it down to one.
   */
  public CountDownLatch hold(String workspace) {
    CountDownLatch late = new CountDownLatch(2);
    held.put(workspace, late);
    return late;
  }

  /** Says to whoever asks from now on that it has told so many events of a key. */
  public void hasTold(String topic, String key, UUID chain, long number) {
    told.add(Map.of("topic", topic, "key", key, "chain", chain.toString(), "number", number));
  }

  /** Its mark is the place in the list, as seconds since 1970. */
  private void count(HttpExchange exchange) throws IOException {
    String asked = String.valueOf(exchange.getRequestURI().getQuery());
    int size = told.size();
    int from = asked.startsWith("at=") ? (int) place(asked) : size;
    Map<String, Object> next =
        Map.of("at", Instant.ofEpochSecond(size).toString(), "topic", "", "key", "");
    Map<String, Object> page =
        Map.of("next", next, "counts", told.subList(from, size), "more", false);
    send(exchange, 200, "application/json", JSON.writeValueAsString(page));
  }

  private static long place(String query) {
    return Instant.parse(query.substring("at=".length(), query.indexOf('&'))).getEpochSecond();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String workspace = asked.path("workspaceId").asText();
    await(held.remove(workspace));
    boolean admitted =
        ("Bearer " + credential).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!admitted || asked.path("sessionId").asText().isEmpty()) {
      problem(exchange, 403, "refused");
    } else if (away) {
      problem(exchange, 503, "unavailable");
    } else if (decide(asked, workspace) instanceof Decision.Refused refused) {
      boolean hidden = refused.answer() == Decision.Answer.HIDDEN;
      problem(exchange, hidden ? 404 : 403, hidden ? "not-found" : "refused");
    } else {
      granted.merge(workspace, 1, Integer::sum);
      String token = "s." + workspace.replace("-", "");
      send(
          exchange,
          200,
          "application/json",
          JSON.writeValueAsString(
              Map.of(
                  "wrappingToken",
                  token,
                  "creationPath",
                  "transit/decrypt/ws-" + workspace,
                  "firstOpen",
                  true)));
    }
  }

  private static void await(@Nullable CountDownLatch late) {
    if (late != null) {
      late.countDown();
      try {
        late.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Decision decide(JsonNode asked, String workspace) {
    JsonNode scope = asked.path("scope");
    Subject subject =
        Subjects.of(
            UserId.parse(asked.path("userId").asText()),
            asked.path("role").asText(),
            scope.isTextual() ? scope.textValue() : null);
    String owner = owners.get(workspace);
    return Decisions.decide(
        subject,
        Action.SESSION_OPEN,
        owner == null
            ? Resource.unknown(Kind.WORKSPACE)
            : Resource.workspace(UserId.parse(owner), WorkspaceId.parse(workspace)));
  }

  private static void problem(HttpExchange exchange, int status, String slug) throws IOException {
    send(
        exchange,
        status,
        "application/problem+json",
        JSON.writeValueAsString(
            Map.of(
                "type", "https://cofferdam.dev/problems/" + slug,
                "title", slug,
                "status", status,
                "detail", slug,
                "id", "1")));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
