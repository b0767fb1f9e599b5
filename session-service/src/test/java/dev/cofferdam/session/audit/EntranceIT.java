// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who uses the terminals of a session with anything but what it was opened with leaves a trace. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class EntranceIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));
  private static final String HOME = "192.0.2.7";

  @Inject DataSource database;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;

  private final UUID owner = UUID.randomUUID();
  private final Shown first = Shown.random();
  private final Shown second = Shown.random();
  private String workspace;
  private String session;

  /** A sign-in and what it was made with. */
  private record Shown(String signIn, String credential) {
    static Shown random() {
      return new Shown(UUID.randomUUID().toString(), "SHA256:" + UUID.randomUUID());
    }
  }

  @BeforeEach
  void open() {
    workspace = desk.workspaceOf(owner);
    Map<String, Object> wanted =
        Map.of("workspaceId", workspace, "sandboxId", UUID.randomUUID(), "address", HOME);
    Response opened = asked(owner, first, HOME).body(wanted).post("/sessions");
    assertThat(opened.statusCode()).as(opened.asString()).isEqualTo(201);
    session = opened.path("sessionId");
    new Gateway(servers).opened(session);
  }

  private RequestSpecification asked(UUID user, Shown shown, String address) {
    Map<String, Object> claims = issuer.claims(user.toString(), "session-service");
    claims.put("sid", shown.signIn());
    claims.put("cred", shown.credential());
    return given()
        .header("Authorization", "Bearer " + issuer.signed(issuer.header(), claims))
        .header("Coffer-Client-Address", address)
        .contentType("application/json");
  }

  private Response ticket(UUID user, Shown shown, String address) {
    return asked(user, shown, address)
        .body(Map.of("action", "terminal"))
        .post("/sessions/" + session + "/tickets");
  }

  private void enter(Shown shown, String address) {
    Response answer = ticket(owner, shown, address);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
  }

  /** The newest first. */
  private List<Map<String, Object>> entered() {
    return new Auditor(issuer).entries("kind=session-entered&workspace=" + workspace);
  }

  @Test
  void aSecondKeyIsAnEntryOnceForEachAddress() {
    enter(second, HOME);
    enter(second, HOME);
    enter(second, "198.51.100.9");
    SOON.until("two entries", () -> entered().size() >= 2);
    List<Map<String, Object>> entries = entered();
    assertThat(entries)
        .extracting(entry -> entry.get("address"))
        .containsExactly("198.51.100.9", HOME);
    assertThat(entries)
        .allSatisfy(
            entry ->
                assertThat(entry)
                    .containsEntry("stream", "session")
                    .containsEntry("actor", owner.toString())
                    .containsEntry("credential", second.credential())
                    .containsEntry("subject", session)
                    .containsEntry("detail", "sign-in " + second.signIn())
                    .containsEntry("outcome", "allowed"));
  }

  /** What opened it has its own entry; from elsewhere it may be in other hands. */
  @Test
  void whatOpenedItIsAnEntryFromElsewhereAlone() {
    enter(first, HOME);
    enter(first, "198.51.100.9");
    SOON.until("an entry", () -> !entered().isEmpty());
    assertThat(entered()).extracting(entry -> entry.get("address")).containsExactly("198.51.100.9");
  }

  @Test
  void ofManyAtOnceOneTells() {
    IntStream.range(0, 8).parallel().forEach(i -> enter(second, HOME));
    enter(second, "198.51.100.9");
    SOON.until("the last one", () -> entered().getFirst().get("address").equals("198.51.100.9"));
    assertThat(entered()).hasSize(2);
  }

  @Test
  void soManyAreRememberedAndTheNextAreStillTold() throws SQLException {
    IntStream.rangeClosed(1, 65).forEach(i -> enter(second, "203.0.113." + i));
    assertThat(remembered()).isEqualTo(64);
    enter(second, "203.0.113.1");
    SOON.until(
        "the forgotten one again",
        () -> entered().stream().filter(e -> e.get("address").equals("203.0.113.1")).count() == 2);
    assertThat(remembered()).isEqualTo(64);
  }

  private long remembered() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "select count(*) from session_entrance where session_id = ?")) {
      count.setObject(1, UUID.fromString(session));
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Test
  void aStrangersTryIsAnEntryToo() {
    UUID stranger = UUID.randomUUID();
    refused(ticket(stranger, second, "198.51.100.9"), 404, "not-found");
    SOON.passes(
        () ->
            assertThat(new Auditor(issuer).entries("kind=refused&actor=" + stranger))
                .singleElement()
                .satisfies(
                    entry ->
                        assertThat(entry)
                            .containsEntry("detail", "terminal.use")
                            .containsEntry("subject", workspace)
                            .containsEntry("credential", second.credential())
                            .containsEntry("address", "198.51.100.9")));
    assertThat(entered()).isEmpty();
  }

  /** Programs sign in nowhere: for many a key this is where it shows. */
  @Test
  void aKeyInANewNetworkRaisesAnAlert() {
    enter(second, HOME);
    enter(second, "198.51.100.9");
    SOON.passes(
        () ->
            assertThat(
                    new Auditor(issuer)
                        .get("/alerts?state=open")
                        .<List<String>>path("alerts.about"))
                .contains(second.credential() + " from 198.51.100.0/24"));
  }
}
