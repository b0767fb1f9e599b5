// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls another part's REST routes; blocks, so only on virtual threads. An answer comes within
 * three seconds, or as long as a call is given, or is a problem {@code unavailable}; problems of
 * the other part are passed on as they are.
 *
 * <p>Of several replicas the next one is asked if one takes no connection, and for a GET also if
 * one breaks off. Anything else that may have arrived is never sent again: whether that does harm,
 * only the caller knows.
 */
public final class PartClient {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final String name;
  private final ObjectMapper json;
  private final PartConnections connections;

  /**
   * Speaks to that part and nobody else, whatever is at the addresses.
   *
   * @param name {@code auth-service} and so on, which is also what a person reads when it is down
   * @param addresses of its replicas, at least one
   */
  public PartClient(Vertx vertx, String name, List<URI> addresses, ObjectMapper json) {
    this(vertx, name, addresses, json, () -> "");
  }

  /**
   * The same for who speaks for people.
   *
   * @param client from where a person asks at present, told with each call; empty if nobody does
   */
  public PartClient(
      Vertx vertx, String name, List<URI> addresses, ObjectMapper json, Supplier<String> client) {
    this.name = name;
    this.json = json;
    this.connections = new PartConnections(vertx, new PartAddresses(name, addresses), client);
  }

  /**
   * @param bearer the credential of this start, or a user's access token
   * @param body turned into JSON, or null for none
   * @return the answer's JSON, an empty object for none
   * @throws ProblemException for every answer that is no success
   */
  public JsonNode call(String method, String path, String bearer, @Nullable Object body) {
    return call(method, path, bearer, body, ANSWER);
  }

  /**
   * The same for a route that itself has to wait for somebody outside.
   *
   * @param longest until there is an answer
   */
  public JsonNode call(
      String method, String path, String bearer, @Nullable Object body, Duration longest) {
    try {
      byte[] content = body == null ? null : json.writeValueAsBytes(body);
      return read(connections.send(method, path, bearer, content, longest));
    } catch (HttpTimeoutException e) {
      throw new ProblemException(Problem.late(name), e);
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable(name), e);
    }
  }

  private JsonNode read(PartConnections.Answer answer) throws IOException {
    byte[] body = answer.body();
    JsonNode content = body.length == 0 ? json.createObjectNode() : json.readTree(body);
    if (answer.status() < 300) {
      return content;
    }
    throw new ProblemException(PartProblems.of(answer.status(), content, answer.retryAfter()));
  }
}
