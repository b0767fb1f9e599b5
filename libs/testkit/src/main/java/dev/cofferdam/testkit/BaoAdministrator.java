// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * Somebody with a token, talking to Vault's HTTP API: in tests all-powerful, or with just the
 * rights of a service, to see what these are good for.
 */
public final class BaoAdministrator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final String token;

  BaoAdministrator(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Status and JSON, an empty object for none. */
  public record Answer(int status, JsonNode json) {
    public JsonNode data() {
      return json.path("data");
    }
  }

  public Answer read(String path) {
    return send(request(path).GET());
  }

  public Answer write(String path, Map<String, ?> body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(json(body)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** The same Vault with another token. */
  public BaoAdministrator as(String otherToken) {
    return new BaoAdministrator(address, otherToken);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve("/v1/" + path)).header("X-Vault-Token", token);
  }

  private static String json(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("not for JSON", e);
    }
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      byte[] body = answer.body();
      return new Answer(
          answer.statusCode(), body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
    } catch (IOException e) {
      throw new TestkitException("Vault does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }
}
