// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A running product, used as its web app uses it. */
final class Product {
  private static final long LONGEST_NEWS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long NEWS_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_SECONDS = 60;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WebSocketClient sockets;
  private final URI origin;
  private final String cookie;

  /** Names of workspaces are given once. */
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  /** Signs in with a one-time link. */
  Product(WebSocketClient sockets, String link) {
    this.sockets = sockets;
    URI uri = URI.create(link);
    origin = URI.create(uri.getScheme() + "://" + uri.getAuthority());
    HttpResponse<String> signedIn =
        send(request("POST", "/api/sign-in", "{\"token\":\"" + uri.getFragment() + "\"}", ""));
    cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    allowMuch();
  }

  /** As many workspaces as the largest measurement opens; an owner may say so. */
  private void allowMuch() {
    String me = call("GET", "/api/me", "").path("user").path("id").asText();
    call("PATCH", "/api/people/" + me, "{\"quotas\":{\"workspaces\":1000,\"openSessions\":64}}");
  }

  String createWorkspace(String name) {
    String ofThisRun = name + " " + run;
    return call("POST", "/api/workspaces", "{\"name\":\"" + ofThisRun + "\"}").path("id").asText();
  }

  /** Shreds one of this run's, which was locked: as soon as workspace-service has heard of that. */
  void delete(String workspace, String name) {
    String path = "/api/workspaces/" + workspace;
    String body = "{\"name\":\"" + name + " " + run + "\"}";
    long deadline = System.nanoTime() + LONGEST_NEWS_NANOS;
    HttpResponse<String> answer = send(request("DELETE", path, body, cookie));
    while (answer.statusCode() == 409 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(NEWS_PAUSE_NANOS);
      answer = send(request("DELETE", path, body, cookie));
    }
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  void warm(String workspace) {
    call("POST", "/api/workspaces/" + workspace + "/warm", "{}");
  }

  /** Unlocks; the answer's last line carries the session. */
  String unlock(String workspace) {
    String lines = text("POST", "/api/workspaces/" + workspace + "/unlock", "{}");
    JsonNode last = parse(List.of(lines.strip().split("\n")).getLast());
    if (!last.has("session")) {
      throw new IllegalStateException("Not unlocked: " + lines);
    }
    return last.path("session").path("id").asText();
  }

  /** Unlocks and attaches to the terminal that this begins, as the page does. */
  Begun unlockWithTerminal(String workspace) {
    String lines =
        text(
            "POST",
            "/api/workspaces/" + workspace + "/unlock",
            "{\"terminal\":{\"cols\":80,\"rows\":24}}");
    JsonNode last = parse(List.of(lines.strip().split("\n")).getLast());
    if (!last.has("session")) {
      throw new IllegalStateException("Not unlocked: " + lines);
    }
    String session = last.path("session").path("id").asText();
    int terminal =
        last.path("terminal").isInt()
            ? last.path("terminal").asInt()
            : call("GET", "/api/sessions/" + session + "/terminals", "").get(0).path("id").asInt();
    return new Begun(session, terminal, attach(session, terminal));
  }

  record Begun(String session, int terminal, CofferLine line) {}

  /** Its program ends, so that no lock keeps it and the next prompt is a new one. */
  void closeTerminal(Begun begun) {
    begun.line().close();
    text("DELETE", "/api/sessions/" + begun.session() + "/terminals/" + begun.terminal(), "{}");
  }

  void lock(String session) {
    text("POST", "/api/sessions/" + session + "/lock", "{}");
  }

  /** Everything of everybody closes. */
  void stopEverything() {
    text("POST", "/api/emergency-stop", "{\"stopped\":true}");
  }

  /** Everything of it closes; nothing can be asked any more. */
  void endThisSignIn() {
    for (JsonNode device : call("GET", "/api/devices", "")) {
      if (device.path("current").asBoolean()) {
        text("DELETE", "/api/devices/" + device.path("id").asText(), "{}");
      }
    }
  }

  int createTerminal(String session) {
    return call("POST", "/api/sessions/" + session + "/terminals", "{\"cols\":80,\"rows\":24}")
        .path("id")
        .asInt();
  }

  CofferLine attach(String session, int terminal) {
    String tickets = "/api/sessions/" + session + "/terminals/" + terminal + "/tickets";
    String ticket = call("POST", tickets, "{}").path("ticket").asText();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(origin.getPort())
            .setURI("/api/terminal?ticket=" + ticket)
            .addSubProtocol("coffer.terminal.v1")
            .addHeader("Host", origin.getAuthority())
            .addHeader("Cookie", cookie)
            .addHeader("Origin", origin.toString());
    return Blocking.get(sockets.connect(options).map(CofferLine::new));
  }

  CofferLine openTerminal(String session) {
    return attach(session, createTerminal(session));
  }

  /** What a page is told, line by line, until it is closed. */
  Stream<String> follow() throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(origin.resolve("/api/events"));
    request.header("Sec-Fetch-Site", "same-origin").header("Cookie", cookie);
    try {
      HttpResponse<Stream<String>> answer = http.send(request.build(), BodyHandlers.ofLines());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("/api/events: " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return origin.getPort();
  }

  /** The text of a signed-in browser's GET, for connections that are kept. */
  String rawGet(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: "
        + origin.getAuthority()
        + "\r\nSec-Fetch-Site: same-origin\r\nCookie: "
        + cookie
        + "\r\n\r\n";
  }

  JsonNode post(String path, Map<String, String> body) {
    return call("POST", path, JSON.valueToTree(body).toString());
  }

  /** An answer, and how long it took. */
  record Timed(JsonNode answer, long nanos) {}

  /** The same without being signed in; waits, unmeasured, where the server says "too often". */
  Timed postOutside(String path, Map<String, String> body) {
    HttpRequest request = request("POST", path, JSON.valueToTree(body).toString(), "");
    while (true) {
      long start = System.nanoTime();
      HttpResponse<String> answer = send(request);
      long took = System.nanoTime() - start;
      if (answer.statusCode() < 300) {
        return new Timed(parse(answer.body()), took);
      }
      if (answer.statusCode() != 429) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(Math.min(seconds, MOST_SECONDS)));
    }
  }

  private JsonNode call(String method, String path, String body) {
    return parse(text(method, path, body));
  }

  private String text(String method, String path, String body) {
    HttpResponse<String> answer = send(request(method, path, body, cookie));
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest request(String method, String path, String body, String withCookie) {
    return HttpRequest.newBuilder(origin.resolve(path))
        .method(method, BodyPublishers.ofString(body))
        .header("Content-Type", "application/json")
        .header("X-Coffer", "1")
        .header("Origin", origin.toString())
        .header("Sec-Fetch-Site", "same-origin")
        .header("Cookie", withCookie)
        .timeout(java.time.Duration.ofSeconds(30))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parse(String json) {
    try {
      return json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
