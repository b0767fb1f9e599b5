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

/**
 * Another part's answers that are larger than memory should hold. Blocks, so only on virtual
 * threads; seldom used, so it is not made for many requests a second.
 */
public final class PartStream {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration BEGIN = Duration.ofSeconds(3);
  private static final int LARGEST_PROBLEM_BYTES = 64 * 1024;

  private final PartAddress address;
  private final ObjectMapper json;
  private final HttpClient http;

  /**
   * Speaks to that part and nobody else, whatever is at the address.
   *
   * @param name as {@link PartClient} takes it
   */
  public PartStream(String name, URI base, ObjectMapper json) {
    this.address = new PartAddress(name, base);
    this.json = json;
    this.http = client(address);
  }

  private static HttpClient client(PartAddress address) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY);
    return address.isSecure()
        ? OwnIdentity.get().connecting(client, address.part()).build()
        : client.build();
  }

  /**
   * The body of a GET as it comes; the caller closes it. The other part has to begin within three
   * seconds; one that breaks off is an IOException.
   *
   * @throws ProblemException for every answer that is no success
   */
  public InputStream open(String path, String bearer) {
    HttpRequest request =
        HttpRequest.newBuilder(address.base().resolve(path))
            .timeout(BEGIN)
            .header("Authorization", "Bearer " + bearer)
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() < 300) {
        return answer.body();
      }
      try (InputStream body = answer.body()) {
        byte[] problem = body.readNBytes(LARGEST_PROBLEM_BYTES);
        throw new ProblemException(PartProblems.of(answer.statusCode(), json.readTree(problem)));
      }
    } catch (IOException e) {
      throw new ProblemException(Problem.unavailable(address.service()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable(address.service()), e);
    }
  }
}
