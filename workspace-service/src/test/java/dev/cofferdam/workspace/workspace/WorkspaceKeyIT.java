// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import static dev.cofferdam.workspace.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.BaoAdministrator;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import dev.cofferdam.workspace.Person;
import dev.cofferdam.workspace.WorkspaceServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.VaultClientException;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a workspace's key. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class WorkspaceKeyIT {
  @Inject DataSource database;
  @Inject VaultClient vault;

  Servers servers;
  TokenIssuer issuer;
  Person owner;
  String id;

  @BeforeEach
  void make() {
    owner = new Person(issuer);
    id = owner.create("keyed");
  }

  @Test
  void aGrantIsGoodForOneUnwrappingOfThisKey() throws SQLException {
    Response grant = owner.grant(servers, id);
    String token = grant.path("wrappingToken");
    assertThat(grant.<String>path("creationPath")).isEqualTo("transit/decrypt/ws-" + id);
    assertThat(grant.<Boolean>path("firstOpen")).isTrue();
    BaoAdministrator sandbox = administrator().as(token);
    BaoAdministrator.Answer first = sandbox.write("sys/wrapping/unwrap", Map.of());
    String key = first.data().path("plaintext").asText();
    assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    assertThat(key).isEqualTo(decrypt(wrappedKey()).data().path("plaintext").asText());
    assertThat(sandbox.write("sys/wrapping/unwrap", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void eachGrantIsAnother() {
    assertThat(owner.grant(servers, id).<String>path("wrappingToken"))
        .isNotEqualTo(owner.grant(servers, id).path("wrappingToken"));
  }

  @Test
  void eachGrantIsToldOfBeforeAnybodyHasIt() {
    String session = UUID.randomUUID().toString();
    assertThat(owner.grant(servers, id, session).statusCode()).isEqualTo(200);
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.workspace.v1")) {
      assertThat(news.await(1, Duration.ofSeconds(20), event -> event.contains(session)))
          .singleElement()
          .asString()
          .contains("\"type\":\"key-granted\"", id, owner.id().toString())
          .doesNotContain("vault:");
    }
  }

  @Test
  void whatCanNotBeToldOfIsNotGranted() throws SQLException {
    execute("alter table outbox rename to outbox_away");
    try {
      Response grant = owner.grant(servers, id);
      assertThat(grant.statusCode()).isGreaterThanOrEqualTo(500);
      assertThat(grant.<String>path("wrappingToken")).isNull();
    } finally {
      execute("alter table outbox_away rename to outbox");
    }
    assertThat(owner.grant(servers, id).statusCode()).isEqualTo(200);
  }

  @Test
  void oneSessionIsGrantedAKeyOnce() {
    String session = UUID.randomUUID().toString();
    assertThat(owner.grant(servers, id, session).statusCode()).isEqualTo(200);
    refused(owner.grant(servers, id, session), 409, "already-granted");
    assertThat(owner.grant(servers, id).statusCode()).as("another one is").isEqualTo(200);
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  @Test
  void theServiceItselfIsRefusedAnUnwrappedKey() throws SQLException {
    String wrapped = wrappedKey();
    Assertions.assertThatThrownBy(
            () ->
                vault
                    .secrets()
                    .transit()
                    .decrypt(
                        "ws-" + id,
                        new io.quarkus.vault.client.api.secrets.transit
                                .VaultSecretsTransitDecryptParams()
                            .setCiphertext(wrapped))
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(VaultClientException.class)
        .hasMessageContaining("403");
    assertThat(owner.grant(servers, id).statusCode()).isEqualTo(200);
  }

  @Test
  void theDatabaseHasNoKeyButAWrappedOne() throws SQLException {
    String wrapped = wrappedKey();
    assertThat(wrapped).startsWith("vault:v1:");
    String key = decrypt(wrapped).data().path("plaintext").asText();
    assertThat(wrapped).doesNotContain(key);
  }

  @Test
  void twoWorkspacesHaveNothingInCommon() throws SQLException {
    String wrapped = wrappedKey();
    String other = owner.create("other");
    assertThat(
            administrator()
                .write("transit/decrypt/ws-" + other, Map.of("ciphertext", wrapped))
                .status())
        .isEqualTo(400);
  }

  @Test
  void deletingShredsTheKeyForEverybody() throws SQLException {
    String wrapped = wrappedKey();
    assertThat(decrypt(wrapped).status()).isEqualTo(200);
    owner.delete("/workspaces/" + id, Map.of("name", "keyed"));
    assertThat(decrypt(wrapped).status()).isEqualTo(400);
    assertThat(administrator().read("transit/keys/ws-" + id).status()).isEqualTo(404);
    assertThat(rows()).isZero();
  }

  @Test
  void deletingGoesOnWhereACrashStoppedIt() {
    administrator().write("transit/keys/ws-" + id + "/config", Map.of("deletion_allowed", true));
    administrator().delete("transit/keys/ws-" + id);
    assertThat(owner.delete("/workspaces/" + id, Map.of("name", "keyed")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNameThatIsTakenLeavesNoKeyBehind() {
    int before = keys();
    owner.post("/workspaces", Map.of("name", "keyed"));
    assertThat(keys()).isEqualTo(before);
  }

  private int keys() {
    return administrator().read("transit/keys?list=true").data().path("keys").size();
  }

  private BaoAdministrator administrator() {
    return servers.vault().administrator();
  }

  private BaoAdministrator.Answer decrypt(String wrapped) {
    return administrator().write("transit/decrypt/ws-" + id, Map.of("ciphertext", wrapped));
  }

  private String wrappedKey() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select wrapped_key from workspace where id = ?")) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select count(*) from workspace where id = ?")) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
