// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.api.DescribedAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Our page in somebody's browser, as far as HTTP sees it. */
public final class TestBrowser {
  private static final DescribedAnswers DESCRIBED = DescribedAnswers.ofThisService();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String origin;
  private final String user;
  private String cookie = "";

  public TestBrowser(String origin, String user) {
    this.origin = origin;
    this.user = user;
  }

  /** One that was signed in before, with this cookie's secret. */
  TestBrowser(String origin, String user, String secret) {
    this(origin, user);
    cookie = "__Host-coffer=" + secret;
  }

  public String user() {
    return user;
  }

  public String cookie() {
    return cookie;
  }

  public String origin() {
    return origin;
  }

  /** Signs in and takes the cookie. */
  public HttpResponse<String> signIn(String token) {
    HttpResponse<String> answer = post("/api/sign-in", "{\"token\":\"" + token + "\"}");
    answer.headers().firstValue("set-cookie").ifPresent(c -> cookie = c.split(";", 2)[0]);
    return answer;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String body) {
    return change("POST", path, body, b -> b);
  }

  public HttpResponse<String> delete(String path, String body) {
    return change("DELETE", path, body, b -> b);
  }

  /** A change as our page sends it, and then something else about it. */
  public HttpResponse<String> change(
      String method, String path, String body, UnaryOperator<HttpRequest.Builder> twist) {
    HttpRequest.Builder request =
        request(path)
            .setHeader("Content-Type", "application/json")
            .setHeader("X-Coffer", "1")
            .setHeader("Origin", origin)
            .setHeader("Sec-Fetch-Site", "same-origin")
            .method(method, BodyPublishers.ofString(body));
    return send(twist.apply(request));
  }

  /** Lines of an answer as they come. */
  public Stream<String> lines(String method, String path, String body) {
    HttpRequest.Builder request =
        request(path)
            .setHeader("Content-Type", "application/json")
            .setHeader("X-Coffer", "1")
            .setHeader("Sec-Fetch-Site", "same-origin")
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return send(request, BodyHandlers.ofLines()).body();
  }

  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(20));
    return cookie.isEmpty() ? request : request.setHeader("Cookie", cookie);
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  public static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      HttpResponse<T> answer = HTTP.send(request.build(), handler);
      requireDescribed(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** By openapi.yaml; of a refusal that was not asked for as text there is nothing to compare. */
  private static void requireDescribed(HttpResponse<?> answer) {
    if (answer.statusCode() >= 400 && !(answer.body() instanceof String)) {
      return;
    }
    DESCRIBED.require(
        new DescribedAnswers.Answer(
            answer.request().method(),
            answer.uri(),
            answer.statusCode(),
            answer.headers().firstValue("Content-Type").orElse(""),
            answer.statusCode() < 400 ? "" : String.valueOf(answer.body())));
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stable word of a problem. */
  public static String slug(HttpResponse<String> answer) {
    String type = json(answer.body()).path("type").asText();
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /** The lines of an unlock. */
  public List<JsonNode> unlock(String workspace) {
    return lines("POST", "/api/workspaces/" + workspace + "/unlock", "{}")
        .map(TestBrowser::json)
        .toList();
  }

  /** Unlocks; the session's id. */
  public String open(String workspace) {
    return unlock(workspace).getLast().path("session").path("id").asText();
  }

  /** A ticket for a socket. */
  public String ticket(String session, int terminal) {
    HttpResponse<String> answer =
        post("/api/sessions/" + session + "/terminals/" + terminal + "/tickets", "{}");
    return json(answer.body()).path("ticket").asText();
  }
}
