// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has session-service end all sessions and open none, and auth-service end all sign-ins. */
public final class EmergencyStop {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PartCalls calls;
  private final PartCalls.Service sessions;
  private final PartCalls.Service signIns;

  EmergencyStop(PartCalls calls, PartCalls.Service sessions, PartCalls.Service signIns) {
    this.calls = calls;
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

  private Optional<JsonNode> ask(
      PartCalls.Service service, Map<String, Boolean> words, List<String> failed) {
    try {
      HttpResponse<String> answer = calls.send(service, "POST", "/internal/emergency-stop", words);
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
