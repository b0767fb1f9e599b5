// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refusal;

import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.auth.Guest;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class RefusalIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource database;

  Servers servers;
  final SshHome home = new SshHome();

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private List<String> told(String... words) {
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      return security.await(1, SOON, event -> List.of(words).stream().allMatch(event::contains));
    }
  }

  /** The line of that reason, as that person reads it. */
  private static Map<String, Object> line(Somebody somebody, String reason) {
    String path = "findAll { it.reason == '" + reason + "' }";
    Eventually.within(SOON)
        .until(
            reason,
            () -> !somebody.get("/sign-ins").<List<Map<String, Object>>>path(path).isEmpty());
    return somebody.get("/sign-ins").<List<Map<String, Object>>>path(path).getFirst();
  }

  @Test
  void whoseAccountWasTriedWithAnotherKeyReadsOfItWithTimePlaceAndWay() {
    String name = "ada" + System.nanoTime();
    Somebody owner = Somebody.owner(servers);
    owner.post("/people", Map.of("name", name, "role", "member", "publicKey", home.publicKey()));
    Somebody ada = Somebody.bySshKey(servers, home, Map.of("name", name));
    try (SshHome stranger = new SshHome()) {
      refused(Somebody.signIn(servers, stranger, Map.of("name", name)), 401, "key-not-registered");

      Map<String, Object> line = line(ada, "key-unknown");

      assertThat(line)
          .containsEntry("what", "refused")
          .containsEntry("method", "ssh-key")
          .containsEntry("address", "127.0.0.1")
          .containsEntry("userAgent", "test")
          .containsEntry("credential", "");
      assertThat(told("key-unknown", stranger.fingerprint(), "127.0.0.1").getFirst())
          .contains("\"subject\":\"" + ada.id() + "\"");
    }
  }

  @Test
  void whoKnowsNobodyLeavesNothingInAnybodysHistory() throws SQLException {
    Somebody owner = Somebody.owner(servers);
    try (SshHome stranger = new SshHome()) {
      Somebody.signIn(servers, stranger, Map.of("name", "nobody" + System.nanoTime()));
      told("key-unknown", stranger.fingerprint());
    }
    assertThat(owner.get("/sign-ins").<List<String>>path("reason")).doesNotContain("key-unknown");
  }

  @Test
  void anInvitationThatIsShownAgainIsInTheHistoryOfWhomItLetIn() {
    Somebody owner = Somebody.owner(servers);
    String token = owner.post("/invitations", Map.of("role", "member")).path("token");
    String name = "eve" + System.nanoTime();
    Guest guest = new Guest(servers, home);
    assertThat(guest.accept(token, name).statusCode()).isEqualTo(201);
    Somebody eve = Somebody.bySshKey(servers, home, Map.of("name", name));
    refused(guest.accept(token, name + "x"), 410, "invitation-spent");

    assertThat(line(eve, "invitation-spent"))
        .containsEntry("method", "invitation")
        .containsEntry("address", Guest.ADDRESS);
  }

  @Test
  void everyOtherWayInIsToldOfToo() {
    Caller gateway = Caller.of(servers, "gateway");
    gateway.post("/internal/refreshes", Map.of("refreshToken", "r".repeat(43)));
    gateway.token("c".repeat(43), "session-service");
    gateway.post(
        "/internal/tokens",
        Map.of("apiKey", "coffer_" + "x".repeat(49), "audience", "session-service"));
    gateway.post(
        "/internal/tokens", Map.of("accessToken", "eyJ.a.b", "audience", "session-service"));
    for (String what :
        List.of("refresh-refused", "cookie-refused", "api-key-refused", "access-token-refused")) {
      assertThat(told("\"what\":\"" + what + "\""))
          .as(what)
          .noneMatch(event -> event.contains("r".repeat(43)) || event.contains("c".repeat(43)));
    }
  }

  @Test
  void aDecisionThatRefusesIsToldOfWithWhoAskedAndWhy() {
    Somebody member = Somebody.fresh(servers, "member", home);
    refused(member.get("/people"), 403, "refused");
    assertThat(told("\"what\":\"people.list\"", member.id()).getFirst())
        .contains("\"why\":\"role\"")
        .contains("\"askedBy\":\"" + member.id() + "\"")
        .contains("\"credential\":\"" + home.fingerprint() + "\"");
  }

  @Test
  void whatTheGatewayRefusesIsToldInItsName() {
    UUID id = UUID.randomUUID();
    Map<String, Object> line = new HashMap<>();
    line.put("id", id.toString());
    line.put("at", Instant.now().toString());
    line.put("what", "request-refused");
    line.put("why", "other-site");
    line.put("address", "198.51.100.3");
    line.put("count", 12);
    Response added =
        Caller.of(servers, "gateway").post("/internal/refusals", Map.of("refusals", List.of(line)));
    assertThat(added.statusCode()).as(added.asString()).isEqualTo(204);
    assertThat(told(id.toString()).getFirst())
        .contains("\"address\":\"198.51.100.3\"", "\"count\":12");

    line.put("what", "No word of ours");
    refused(
        Caller.of(servers, "gateway").post("/internal/refusals", Map.of("refusals", List.of(line))),
        400,
        "invalid-field");
  }

  @Test
  void aThousandTriesAreFewEvents() throws SQLException {
    Caller gateway = Caller.of(servers, "gateway");
    for (int i = 0; i < 300; i++) {
      gateway.post(
          "/internal/sign-ins", Map.of("linkToken", "q".repeat(43), "address", "203.0.113.9"));
    }
    told("link-unknown", "203.0.113.9");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  1,
                  SOON,
                  event -> event.contains("link-unknown") && event.contains("203.0.113.9")))
          .hasSizeLessThan(5);
    }
    assertThat(count("select count(*) from outbox")).isLessThan(50);
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
