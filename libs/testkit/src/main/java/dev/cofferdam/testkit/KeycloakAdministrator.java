// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an administrator of the realm does between sign-ins. */
public final class KeycloakAdministrator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI issuer;
  private final URI realm;
  private final String secret;

  KeycloakAdministrator(URI issuer, URI realm, String secret) {
    this.issuer = issuer;
    this.realm = realm;
    this.secret = secret;
  }

  /** Ends all sessions of somebody, which Keycloak tells to each client. */
  public void signOut(String person) {
    call("POST", "/users/" + id(person) + "/logout", Map.of());
  }

  public void setEnabled(String person, boolean enabled) {
    call("PUT", "/users/" + id(person), Map.of("enabled", enabled));
  }

  public void setEmail(String person, String email) {
    call("PUT", "/users/" + id(person), Map.of("email", email, "emailVerified", true));
  }

  public void join(String person, String group) {
    call("PUT", "/users/" + id(person) + "/groups/" + group(group), Map.of());
  }

  public void leave(String person, String group) {
    call("DELETE", "/users/" + id(person) + "/groups/" + group(group), Map.of());
  }

  /** What Keycloak calls {@code sub}. */
  public String id(String person) {
    return call("GET", "/users?exact=true&username=" + person, Map.of())
        .path(0)
        .path("id")
        .asText();
  }

  private String group(String name) {
    return call("GET", "/groups?exact=true&search=" + name, Map.of()).path(0).path("id").asText();
  }

  private JsonNode call(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(realm + path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token())
              .header("Content-Type", "application/json");
      return send(
          request
              .method(
                  method,
                  method.equals("GET")
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build());
    } catch (IOException e) {
      throw new TestkitException("Keycloak does not answer", e);
    }
  }

  private String token() throws IOException {
    String form =
        String.join(
            "&",
            List.of(
                "grant_type=client_credentials",
                "client_id=" + KeycloakRealm.ADMINISTRATOR,
                "client_secret=" + URLEncoder.encode(secret, UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return send(request).path("access_token").asText();
  }

  private static JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new TestkitException(
            request.method() + " " + request.uri().getPath() + ": " + answer.statusCode());
      }
      return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }
}
