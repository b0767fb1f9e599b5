// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class ProgramIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject DataSource database;

  Servers servers;
  Caller gateway;
  String owner;

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    String secret =
        gateway.signIn(Caller.of(servers, "stack").newLink()).path("browserSession.secret");
    owner = gateway.token(secret, "auth-service").path("accessToken");
  }

  @Test
  void aKeyIsShownOnceAndGivesTokensWithItsScopes() throws Exception {
    String workspace = UUID.randomUUID().toString();
    Response made =
        post(
            "/api-keys",
            Map.of(
                "name",
                "nightly",
                "expiresAt",
                inDays(30),
                "scopes",
                List.of(
                    Map.of("verb", "workspace.list"),
                    Map.of("verb", "session.open", "workspaceId", workspace))));
    assertThat(made.statusCode()).isEqualTo(201);
    String key = made.path("key");
    String id = made.path("apiKey.id");
    assertThat(key).startsWith("coffer_");
    assertThat(as(owner).get("/api-keys").asString()).contains(id).doesNotContain(key);
    Response token = tokenFor(key, "workspace-service");
    assertThat(token.statusCode()).isEqualTo(200);
    assertThat(token.<List<String>>path("scopes"))
        .containsExactlyInAnyOrder("workspace.list", "session.open:" + workspace);
    JsonNode claims = claims(token.path("accessToken"));
    assertThat(claims.path("sid").asText()).isEqualTo(id);
    assertThat(claims.path("cred").asText()).isEqualTo(id);
    assertThat(claims.path("amr").path(0).asText()).isEqualTo("api-key");
    assertThat(List.of(claims.path("scope").asText().split(" ", -1)))
        .containsExactlyInAnyOrder("workspace.list", "session.open:" + workspace);
    assertThat(as(owner).get("/api-keys").<String>path("find { it.id == '" + id + "' }.lastUsedAt"))
        .isNotNull();
  }

  @Test
  void aRevokedKeyIsWorthNothingAtOnceAndSaysSo() {
    Response made = post("/api-keys", wanted("revoked", "workspace.list"));
    String id = made.path("apiKey.id");
    assertThat(as(owner).delete("/api-keys/" + id).statusCode()).isEqualTo(204);
    assertThat(tokenFor(made.path("key"), "workspace-service").statusCode()).isEqualTo(401);
    assertThat(as(owner).delete("/api-keys/" + id).statusCode()).isEqualTo(404);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security
                  .await(1, SOON, e -> e.contains("sign-in-ended") && e.contains(id))
                  .getFirst())
          .contains("key-revoked");
    }
  }

  @Test
  void anExpiredKeyIsWorthNothing() throws SQLException {
    Response made = post("/api-keys", wanted("expired", "workspace.list"));
    try (Connection connection = database.getConnection();
        PreparedStatement expire =
            connection.prepareStatement("update api_key set expires_at = now() where id = ?")) {
      expire.setObject(1, UUID.fromString(made.path("apiKey.id")));
      assertThat(expire.executeUpdate()).isEqualTo(1);
    }
    assertThat(tokenFor(made.path("key"), "workspace-service").statusCode()).isEqualTo(401);
  }

  @Test
  void noKeyIsStored() throws SQLException {
    String key = post("/api-keys", wanted("secret", "workspace.list")).path("key");
    try (Connection connection = database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select string_agg(row_to_json(k)::text, '') || (select"
                        + " coalesce(string_agg(payload, ''), '') from outbox) from api_key k")) {
      rows.next();
      assertThat(rows.getString(1)).contains("secret").doesNotContain(key, key.substring(7));
    }
  }

  @Test
  void aKeyMakesNoKeys() {
    String key = post("/api-keys", wanted("narrow", "workspace.list")).path("key");
    String bearer = tokenFor(key, "auth-service").path("accessToken");
    assertThat(as(bearer).get("/api-keys").statusCode()).isEqualTo(403);
    assertThat(as(bearer).body(wanted("more", "workspace.list")).post("/api-keys").statusCode())
        .isEqualTo(403);
    assertThat(as(bearer).get("/service-accounts").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNoKeyIsRefusedByFieldAndRule() {
    refused("name", change(wanted("x", "workspace.list"), "name", " x"));
    refused("name", change(wanted("x", "workspace.list"), "name", "a\u202eb"));
    refused("name", change(wanted("x", "workspace.list"), "name", "x".repeat(65)));
    refused("scopes", change(wanted("x", "workspace.list"), "scopes", List.of()));
    for (String verb : List.of("api-key.create", "person.add", "people.list", "nonsense", "")) {
      refused("scopes", wanted("x", verb));
    }
    refused(
        "scopes",
        change(
            wanted("x", "workspace.list"),
            "scopes",
            List.of(Map.of("verb", "workspace.list", "workspaceId", "mine"))));
    for (String expiry :
        List.of(inDays(-1), inDays(400), "tomorrow", Instant.now().plusSeconds(60).toString())) {
      refused("expiresAt", change(wanted("x", "workspace.list"), "expiresAt", expiry));
    }
    refused("admin", change(wanted("x", "workspace.list"), "admin", true));
  }

  @Test
  void textThatIsNoKeyOpensNothing() {
    for (String text :
        List.of("", "coffer_", "coffer_" + "0".repeat(49), KeyText.fresh(), "x".repeat(4000))) {
      assertThat(tokenFor(text, "workspace-service").statusCode()).as(text).isEqualTo(401);
    }
    Response both =
        gateway.post(
            "/internal/tokens",
            Map.of("secret", "A".repeat(43), "apiKey", "x", "audience", "auth-service"));
    assertThat(both.statusCode()).isEqualTo(400);
  }

  @Test
  void aServiceAccountActsByItsKeysUntilItIsSwitchedOff() throws IOException {
    String name = "robot " + UUID.randomUUID();
    Response account = post("/service-accounts", Map.of("name", name));
    assertThat(account.statusCode()).isEqualTo(201);
    assertThat(post("/service-accounts", Map.of("name", name.toUpperCase())).statusCode())
        .isEqualTo(409);
    String path = "/service-accounts/" + account.path("id");
    Response made = post(path + "/api-keys", wanted("deploy", "workspace.create"));
    assertThat(made.statusCode()).isEqualTo(201);
    Response token = tokenFor(made.path("key"), "workspace-service");
    assertThat(claims(token.path("accessToken")).path("sub").asText())
        .isEqualTo(account.path("id"));
    assertThat(as(owner).get("/api-keys").asString())
        .as("not one of the owner's own")
        .doesNotContain(made.<String>path("apiKey.id"));
    assertThat(as(owner).body(Map.of("disabled", true)).patch(path).<Boolean>path("disabled"))
        .isTrue();
    assertThat(tokenFor(made.path("key"), "workspace-service").statusCode()).isEqualTo(401);
    assertThat(as(owner).body(Map.of("disabled", false)).patch(path).<Boolean>path("disabled"))
        .isFalse();
    assertThat(tokenFor(made.path("key"), "workspace-service").statusCode())
        .as("revoked is revoked")
        .isEqualTo(401);
  }

  @Test
  void unknownIdsAreAnsweredAlike() {
    for (String id : List.of(UUID.randomUUID().toString(), "x")) {
      assertThat(as(owner).delete("/api-keys/" + id).statusCode()).isEqualTo(404);
      assertThat(as(owner).get("/service-accounts/" + id + "/api-keys").statusCode())
          .isEqualTo(404);
    }
  }

  private Map<String, Object> wanted(String name, String verb) {
    return Map.of("name", name, "expiresAt", inDays(30), "scopes", List.of(Map.of("verb", verb)));
  }

  private static Map<String, Object> change(Map<String, Object> body, String field, Object value) {
    Map<String, Object> changed = new HashMap<>(body);
    changed.put(field, value);
    return changed;
  }

  private void refused(String field, Map<String, Object> body) {
    Response answer = post("/api-keys", body);
    assertThat(answer.statusCode()).as(body.toString()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.<String>path("errors[0].field")).as(body.toString()).startsWith(field);
  }

  private static String inDays(int days) {
    return Instant.now().plus(Duration.ofDays(days)).toString();
  }

  private Response post(String path, Map<String, ?> body) {
    return as(owner).body(body).post(path);
  }

  private static io.restassured.specification.RequestSpecification as(String bearer) {
    return given().header("Authorization", "Bearer " + bearer).contentType("application/json");
  }

  private Response tokenFor(String apiKey, String audience) {
    return gateway.post("/internal/tokens", Map.of("apiKey", apiKey, "audience", audience));
  }

  private static JsonNode claims(String token) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }
}
