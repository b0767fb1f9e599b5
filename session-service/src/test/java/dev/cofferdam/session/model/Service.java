// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.api.DescribedAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Its public door, with a client that is quick: a sequence asks it some fifty times. */
record Service(HttpClient http, URI address) {
  private static final DescribedAnswers DESCRIBED = DescribedAnswers.ofThisService();
  private static final ObjectMapper JSON = new ObjectMapper();

  static Service at(URI address) {
    return new Service(HttpClient.newHttpClient(), address);
  }

  Reply post(String credential, String path, Object body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("Authorization", "Bearer " + credential)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      String form = answer.headers().firstValue("Content-Type").orElse("");
      DESCRIBED.require(
          new DescribedAnswers.Answer(
              "POST", request.uri(), answer.statusCode(), form, answer.body()));
      return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What came back. */
  record Reply(int status, JsonNode body) {
    String text(String member) {
      return body.path(member).asText("");
    }

    boolean has(String member) {
      return body.path(member).isTextual();
    }

    Answer answer() {
      if (status >= 500) {
        return Answer.BROKEN;
      }
      if (status >= 300) {
        String type = text("type");
        return Answer.problem(status, type.substring(type.lastIndexOf('/') + 1));
      }
      boolean hasTicket = has("openTicket") || has("lockTicket") || has("ticket");
      return new Answer(status, "", text("state"), hasTicket);
    }
  }
}
