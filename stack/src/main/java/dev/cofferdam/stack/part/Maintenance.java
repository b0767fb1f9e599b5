// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

/** Has session-service begin maintenance, say how it is, or end it. */
public final class Maintenance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PartCalls calls;
  private final PartCalls.Service sessions;

  Maintenance(PartCalls calls, PartCalls.Service sessions) {
    this.calls = calls;
    this.sessions = sessions;
  }

  /**
   * As it is now; this and the others answer with {@code locksAt}, null while there is none, and
   * {@code notice}.
   *
   * @throws StartFailure if nobody says so
   */
  public JsonNode now() {
    return ask("GET", Map.of());
  }

  /**
   * Nothing opens from now on; again changes the time and the notice.
   *
   * @param minutes until what is open locks, 0 to 10080
   * @param notice one line for everybody, may be empty
   * @throws StartFailure if it was not done
   */
  public JsonNode begin(int minutes, String notice) {
    return ask("PUT", Map.of("locksInMinutes", minutes, "notice", notice));
  }

  /**
   * @throws StartFailure if it was not done
   */
  public JsonNode end() {
    return ask("DELETE", Map.of());
  }

  private JsonNode ask(String method, Map<String, ?> words) {
    try {
      HttpResponse<String> answer = calls.send(sessions, method, "/internal/maintenance", words);
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body());
      }
      throw new StartFailure(sessions.part() + " answers " + answer.statusCode());
    } catch (IOException e) {
      throw new StartFailure(
          sessions.part() + " does not answer; try again, or see ./coffer status");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted");
    }
  }
}
