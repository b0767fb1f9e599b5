// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the supervisor asks a service for what may be done twice: any of its replicas will do. */
final class PartCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<PartIdentity> identity;
  private final Function<String, String> credential;

  /**
   * One that is asked.
   *
   * @param part as the supervisor calls it
   * @param ports of its replicas: any of them does it for all
   */
  record Service(String part, PartName name, List<Integer> ports) {
    Service {
      ports = List.copyOf(ports);
    }
  }

  /**
   * @param credential by which we are known to a part
   */
  PartCalls(Supplier<PartIdentity> identity, Function<String, String> credential) {
    this.identity = identity;
    this.credential = credential;
  }

  /**
   * @param words sent as JSON; none are not sent
   * @throws IOException if none of them answers
   */
  HttpResponse<String> send(Service service, String method, String path, Map<String, ?> words)
      throws IOException, InterruptedException {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    BodyPublisher body =
        words.isEmpty()
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(words));
    try (HttpClient http = identity.get().connecting(client, service.name()).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder()
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + credential.apply(service.part()))
              .header("Content-Type", "application/json")
              .method(method, body);
      return FirstToAnswer.askUntilDone(http, service.ports(), path, request);
    }
  }
}
