// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has session-service end all sessions and open none, and auth-service end all sign-ins. */
public final class EmergencyStop {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<PartIdentity> identity;
  private final Function<String, String> credential;
  private final Service sessions;
  private final Service signIns;

  /**
   * One of the two that are asked.
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
  EmergencyStop(
      Supplier<PartIdentity> identity,
      Function<String, String> credential,
      Service sessions,
      Service signIns) {
    this.identity = identity;
    this.credential = credential;
    this.sessions = sessions;
    this.signIns = signIns;
  }

  /**
   * On or off. Sessions first, since their keys are what matters; sign-ins also if that fails.
   *
   * @param sealing that Vault is sealed behind it, which is written down
   * @return {@code sessions} and {@code signIns}: how many there were
   * @throws StartFailure if it was not done, or not all of it; says what to do then
   */
  public Map<String, Object> set(boolean stopped, boolean sealing) {
    Map<String, Object> done = new LinkedHashMap<>();
    List<String> failed = new ArrayList<>();
    ask(sessions, Map.of("stopped", stopped, "sealing", sealing), failed)
        .ifPresent(a -> done.put("sessions", a.path("locking").asInt()));
    ask(signIns, Map.of("stopped", stopped), failed)
        .ifPresent(a -> done.put("signIns", a.path("ended").asInt()));
    if (!failed.isEmpty()) {
      throw new StartFailure(
          (done.isEmpty() ? "nothing was done: " : "only a part was done: ")
              + String.join(", ", failed)
              + (stopped
                  ? "; try again, or lock everything with ./coffer down"
                  : "; try again, or see ./coffer status"));
    }
    return done;
  }

  private Optional<JsonNode> ask(Service service, Map<String, Boolean> words, List<String> failed) {
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    try (HttpClient http = identity.get().connecting(client, service.name()).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder()
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + credential.apply(service.part()))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(words)));
      HttpResponse<String> answer =
          FirstToAnswer.askUntilDone(http, service.ports(), "/internal/emergency-stop", request);
      if (answer.statusCode() == 200) {
        return Optional.of(JSON.readTree(answer.body()));
      }
      failed.add(service.part() + " answers " + answer.statusCode());
    } catch (IOException e) {
      failed.add(service.part() + " does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed.add("interrupted");
    }
    return Optional.empty();
  }
}
