// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static dev.cofferdam.session.Answers.badField;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody has happen says with which key and from where they did it. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class ActorIT {
  private static final String KEY = "SHA256:of-the-key-of-somebody";
  private static final String ADDRESS = "2001:db8::7";
  private static final String ID = "sessionId";
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Auditor auditor;

  private final UUID somebody = UUID.randomUUID();

  @BeforeEach
  void meet() {
    auditor = new Auditor(issuer);
  }

  private RequestSpecification asked(String role) {
    return asked(role, ADDRESS);
  }

  private RequestSpecification asked(String role, String address) {
    Map<String, Object> claims = issuer.claims(somebody.toString(), "session-service");
    claims.put("cred", KEY);
    claims.put("role", role);
    return given()
        .header("Authorization", "Bearer " + issuer.signed(issuer.header(), claims))
        .header("Coffer-Client-Address", address)
        .contentType("application/json");
  }

  private void assertTold(String kind) {
    SOON.passes(
        () ->
            assertThat(auditor.entries("kind=" + kind + "&actor=" + somebody))
                .isNotEmpty()
                .allSatisfy(ActorIT::hasKeyAndPlace));
  }

  private static void hasKeyAndPlace(Map<String, Object> entry) {
    assertThat(entry).containsEntry("credential", KEY).containsEntry("address", ADDRESS);
  }

  /** The gateway reports the end later, from elsewhere, without a token. */
  @Test
  void whoLocksWhatIsAnothersIsNamedToTheEnd() {
    Person owner = new Person(issuer);
    Gateway gateway = new Gateway(servers);
    String workspace = desk.workspaceOf(owner.id());
    String session = owner.opening(workspace);
    gateway.opened(session);
    asked("admin").post("/sessions/" + session + "/lock").then().statusCode(200);
    gateway.locked(session, "admin").then().statusCode(200);
    SOON.until("four entries", () -> auditor.entries("workspace=" + workspace).size() == 4);
    List<Map<String, Object>> ends = auditor.entries("workspace=" + workspace).subList(0, 2);
    assertThat(ends)
        .allSatisfy(entry -> assertThat(entry).containsEntry("actor", somebody.toString()))
        .allSatisfy(ActorIT::hasKeyAndPlace)
        .extracting(entry -> entry.get("kind"))
        .containsExactly("session-locked", "session-locking");
  }

  /** A lock by itself is nobody's doing; whose session it was, and with which key, is kept. */
  @Test
  void whatNobodyAskedForIsPutDownToNobody() {
    String workspace = desk.workspaceOf(somebody);
    Map<String, Object> wanted =
        Map.of("workspaceId", workspace, "sandboxId", UUID.randomUUID(), "address", ADDRESS);
    String session =
        asked("member").body(wanted).post("/sessions").then().statusCode(201).extract().path(ID);
    Gateway gateway = new Gateway(servers);
    gateway.opened(session);
    gateway.locked(session, "idle");
    SOON.passes(() -> assertThat(lockedIn(workspace)).hasSize(1));
    Map<String, Object> locked = lockedIn(workspace).getFirst();
    assertThat(locked).containsEntry("reason", "idle");
    for (String field : List.of("actor", "credential", "address")) {
      assertThat(locked).containsEntry(field, "");
    }
    assertThat(locked.get("detail").toString())
        .matches("of " + somebody + ", key " + KEY + ", sign-in [0-9a-f-]{36}");
  }

  /**
   * Nobody heard of it as long as session-service was away. What the gateway says behind it,
   * without anybody's token, says who it was.
   */
  @Test
  void whoLockedWhileNobodyHeardIsNamed() {
    heardLateOf("locked");
  }

  /** The box was still there then: first it has to go. */
  @Test
  void whoBeganToLockWhileNobodyHeardIsNamed() {
    heardLateOf("lock");
  }

  private void heardLateOf(String kind) {
    Person owner = new Person(issuer);
    Gateway gateway = new Gateway(servers);
    String workspace = desk.workspaceOf(owner.id());
    String session = owner.opening(workspace);
    gateway.opened(session);
    gateway.reportLate(session, kind, by(somebody.toString()), ADDRESS).then().statusCode(200);
    gateway.locked(session, "admin").then().statusCode(200);
    SOON.passes(() -> assertThat(lockedIn(workspace)).hasSize(1));
    assertThat(lockedIn(workspace).getFirst()).containsEntry("actor", somebody.toString());
    hasKeyAndPlace(lockedIn(workspace).getFirst());
  }

  /** Their own session, but not with the key that opened it. */
  @Test
  void whoLocksTheirOwnLateIsNotTakenForTheKeyThatOpenedIt() {
    Person owner = new Person(issuer);
    String workspace = desk.workspaceOf(owner.id());
    String session = owner.opening(workspace);
    Gateway gateway = new Gateway(servers);
    gateway.reportLate(session, "locked", by(owner.id()), ADDRESS).then().statusCode(200);
    SOON.passes(() -> assertThat(lockedIn(workspace)).hasSize(1));
    hasKeyAndPlace(lockedIn(workspace).getFirst());
  }

  private static Map<String, String> by(Object locker) {
    return Map.of("reason", "admin", "by", locker.toString(), "credential", KEY);
  }

  @Test
  void whatCanBeNoCredentialIsRefused() {
    Person owner = new Person(issuer);
    String session = owner.opening(desk.workspaceOf(owner.id()));
    for (String credential : List.of("x".repeat(301), "a\nb")) {
      Map<String, String> report =
          Map.of("reason", "user", "by", somebody.toString(), "credential", credential);
      badField(new Gateway(servers).reportLate(session, "locked", report, ADDRESS), "credential");
    }
  }

  private List<Map<String, Object>> lockedIn(String workspace) {
    return auditor.entries("kind=session-locked&workspace=" + workspace);
  }

  @Test
  void whoEndsMaintenanceIsNamed() {
    Map<String, Object> plan = Map.of("locksInMinutes", 600, "notice", "A new disk");
    asked("owner").body(plan).put("/maintenance").then().statusCode(200);
    asked("owner").delete("/maintenance").then().statusCode(200);
    assertTold("maintenance-changed");
  }

  @Test
  void whoLooksAtWhatIsOthersAndTakesTheLedgerAlongIsNamed() {
    asked("owner").get("/open-sessions").then().statusCode(200);
    assertTold("others-seen");
    asked("owner").get("/audit/export?format=csv").then().statusCode(200);
    assertTold("audit-exported");
  }

  /** Nobody who speaks to a service may have it write what it likes. */
  @Test
  void whatIsNoAddressIsNone() {
    asked("owner", "::::").get("/open-sessions").then().statusCode(200);
    SOON.passes(
        () ->
            assertThat(auditor.entries("kind=others-seen&actor=" + somebody))
                .isNotEmpty()
                .allSatisfy(
                    entry ->
                        assertThat(entry)
                            .containsEntry("credential", KEY)
                            .containsEntry("address", "")));
  }
}
