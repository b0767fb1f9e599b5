// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.LaunchMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls another part's REST routes; blocks, so only on virtual threads. An answer comes within
 * three seconds or is a problem {@code unavailable}; problems of the other part are passed on as
 * they are.
 */
public final class PartClient {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final int LARGEST_PROBLEM_BYTES = 64 * 1024;

  private final String name;
  private final URI base;
  private final ObjectMapper json;
  private final HttpClient http;

  /**
   * Speaks to that part and nobody else, whatever is at the address.
   *
   * @param name {@code auth-service} and so on, which is also what a person reads when it is down
   */
  public PartClient(String name, URI base, ObjectMapper json) {
    this.name = name;
    this.http = client(name, base);
    this.base = base;
    this.json = json;
  }

  /** Plain HTTP is for the tests of one service, with somebody standing in for the other. */
  private static HttpClient client(String name, URI base) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (base.getScheme().equals("http") && LaunchMode.current() == LaunchMode.TEST) {
      return client.build();
    }
    if (!base.getScheme().equals("https")) {
      throw new IdentityException(name + " must be reached by https, not at " + base);
    }
    return OwnIdentity.get().connecting(client, PartName.ofService(name)).build();
  }

  /**
   * @param bearer the credential of this start, or a user's access token
   * @param body turned into JSON, or null for none
   * @return the answer's JSON, an empty object for none
   * @throws ProblemException for every answer that is no success
   */
  public JsonNode call(
      String method, String path, String bearer, @org.jspecify.annotations.Nullable Object body) {
    return call(method, path, bearer, body, ANSWER);
  }

  /**
   * The same for a route that itself has to wait for somebody outside.
   *
   * @param longest until there is an answer
   */
  public JsonNode call(
      String method,
      String path,
      String bearer,
      @org.jspecify.annotations.Nullable Object body,
      Duration longest) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(longest)
              .header("Authorization", "Bearer " + bearer)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
              .build();
      return read(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable(name), e);
    }
  }

  /**
   * The body of a GET as it comes, for what is larger than memory should hold; the caller closes
   * it. The other part has to begin within three seconds; one that breaks off is an IOException.
   *
   * @throws ProblemException for every answer that is no success
   */
  public InputStream open(String path, String bearer) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + bearer)
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() < 300) {
        return answer.body();
      }
      try (InputStream body = answer.body()) {
        byte[] problem = body.readNBytes(LARGEST_PROBLEM_BYTES);
        throw new ProblemException(problem(answer.statusCode(), json.readTree(problem)));
      }
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable(name), e);
    }
  }

  private JsonNode read(HttpResponse<byte[]> answer) throws IOException {
    byte[] body = answer.body();
    JsonNode content = body.length == 0 ? json.createObjectNode() : json.readTree(body);
    if (answer.statusCode() < 300) {
      return content;
    }
    throw new ProblemException(problem(answer.statusCode(), content));
  }

  private static Problem problem(int status, JsonNode content) {
    String type = content.path("type").asText();
    if (!type.startsWith(Problem.TYPE_PREFIX)) {
      return Problem.unavailable("A part that is needed");
    }
    List<Problem.FieldError> errors = new ArrayList<>();
    content
        .path("errors")
        .forEach(
            e ->
                errors.add(
                    new Problem.FieldError(e.path("field").asText(), e.path("rule").asText())));
    return new Problem(
        type.substring(Problem.TYPE_PREFIX.length()),
        status,
        content.path("title").asText(),
        content.path("detail").asText(),
        content.path("id").asText(),
        errors,
        status == 503 ? Optional.of(5) : Optional.empty());
  }
}
