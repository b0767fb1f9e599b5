// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Another part's answers that are larger than memory should hold. Blocks, so only on virtual
 * threads; seldom used, so it is not made for many requests a second.
 */
public final class PartStream {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration BEGIN = Duration.ofSeconds(3);
  private static final int LARGEST_PROBLEM_BYTES = 64 * 1024;

  private final String service;
  private final Replicas replicas;
  private final ObjectMapper json;
  private final HttpClient http;
  private final Supplier<String> client;

  /**
   * Speaks to that part and nobody else, whatever is at the addresses.
   *
   * @param name as {@link PartClient} takes it
   * @param addresses of its replicas, at least one
   * @param client as {@link PartClient} takes it
   */
  public PartStream(String name, List<URI> addresses, ObjectMapper json, Supplier<String> client) {
    this.client = client;
    this.service = name;
    this.replicas = new Replicas(addresses, System::nanoTime);
    this.json = json;
    this.http = client(new PartAddresses(name, addresses));
  }

  private static HttpClient client(PartAddresses addresses) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY);
    return addresses.isSecure()
        ? OwnIdentity.get().connecting(client, addresses.part()).build()
        : client.build();
  }

  /**
   * The body of a GET as it comes; the caller closes it. The other part has to begin within three
   * seconds; one that breaks off is an IOException.
   *
   * @throws ProblemException for every answer that is no success
   */
  public InputStream open(String path, String bearer) {
    try {
      HttpResponse<InputStream> answer =
          replicas.ask(
              (replica, left) ->
                  http.send(get(replica.resolve(path), bearer, left), BodyHandlers.ofInputStream()),
              true,
              BEGIN);
      if (answer.statusCode() < 300) {
        return answer.body();
      }
      try (InputStream body = answer.body()) {
        byte[] problem = body.readNBytes(LARGEST_PROBLEM_BYTES);
        throw new ProblemException(
            PartProblems.of(
                answer.statusCode(),
                json.readTree(problem),
                answer.headers().firstValue("Retry-After").orElse(null)));
      }
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable(service), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable(service), e);
    }
  }

  private HttpRequest get(URI place, String bearer, Duration left) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place).timeout(left).header("Authorization", "Bearer " + bearer);
    String from = client.get();
    return (from.isEmpty() ? request : request.header(ClientAddressHeader.NAME, from)).build();
  }
}
