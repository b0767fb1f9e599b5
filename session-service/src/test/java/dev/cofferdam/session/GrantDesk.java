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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Stands where workspace-service would: grants to owners, 404 to others, over real HTTP. */
public final class GrantDesk implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> owners = new ConcurrentHashMap<>();
  private final String credential;
  private final HttpServer http;
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

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    String workspace = asked.path("workspaceId").asText();
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
