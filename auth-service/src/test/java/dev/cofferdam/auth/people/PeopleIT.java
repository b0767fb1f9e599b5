// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import static dev.cofferdam.auth.Answers.badField;
import static dev.cofferdam.auth.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Somebody;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.SshHome;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class PeopleIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String UNKNOWN = "/people/00000000-0000-4000-8000-000000000000";

  Servers servers;
  Somebody owner;
  final SshHome home = new SshHome();

  @BeforeEach
  void signIn() {
    owner = Somebody.owner(servers);
  }

  @AfterEach
  void leaveHome() {
    home.close();
  }

  private String add(String role) {
    return owner
        .post("/people", Map.of("name", "p" + System.nanoTime(), "role", role))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  @Test
  void anOwnerAddsAPersonWithAKey() {
    String name = "grace" + System.nanoTime();
    Response added =
        owner.post(
            "/people",
            Map.of(
                "name", name, "role", "member", "publicKey", home.publicKey(), "keyName", "lap"));
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.<Boolean>path("disabled")).isFalse();
    assertThat(added.<Integer>path("quotas.workspaces")).isEqualTo(100);
    assertThat(owner.get("/people").<List<String>>path("name")).contains(name, "owner");
    String keys = "/people/" + added.path("id") + "/ssh-keys";
    assertThat(owner.get(keys).<List<String>>path("name")).containsExactly("lap");
    assertThat(Somebody.signIn(servers, home, Map.of("name", name.toUpperCase())).statusCode())
        .isEqualTo(201);
    refused(owner.post("/people", Map.of("name", name, "role", "admin")), 409, "name-taken");
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(
              security.await(
                  2, SOON, e -> e.contains("\"added\"") && e.contains(added.<String>path("id"))))
          .hasSize(2)
          .allMatch(e -> e.contains("\"actorId\":\"" + owner.id() + "\""))
          .allMatch(e -> e.contains("\"actorAddress\":\"" + Somebody.ADDRESS + "\""))
          .satisfiesExactly(
              first -> assertThat(first).contains("\"number\":1"),
              second -> assertThat(second).contains("\"number\":2"));
    }
  }

  @Test
  void ofManyWhoTakeOneNameOneGetsIt() throws Exception {
    Map<String, String> same = Map.of("name", "race" + System.nanoTime(), "role", "member");
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      racers.add(() -> owner.post("/people", same).statusCode());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(6)) {
      for (Future<Integer> result : all.invokeAll(racers)) {
        statuses.add(result.get());
      }
    }
    assertThat(statuses).containsOnly(201, 409).filteredOn(status -> status == 201).hasSize(1);
  }

  @Test
  void whatCannotBeAddedWholeIsNotAddedAtAll() {
    Somebody.fresh(servers, "member", home);
    String name = "half" + System.nanoTime();
    Map<String, String> taken =
        Map.of("name", name, "role", "member", "publicKey", home.publicKey());
    refused(owner.post("/people", taken), 409, "key-in-use");
    badField(
        owner.post("/people", Map.of("name", name, "role", "member", "publicKey", "x")),
        "publicKey");
    assertThat(owner.get("/people").<List<String>>path("name")).doesNotContain(name);
  }

  @Test
  void refusesBadInputByFieldAndRule() {
    badField(owner.post("/people", Map.of("name", "x'y", "role", "member")), "name");
    badField(owner.post("/people", Map.of("role", "member")), "name");
    badField(owner.post("/people", Map.of("name", "x", "role", "root")), "role");
    badField(owner.post("/people", Map.of("name", "x", "role", "member", "kind", "x")), "kind");
    String person = "/people/" + add("member");
    badField(owner.patch(person, Map.of("role", "")), "role");
    badField(owner.patch(person, Map.of("disabled", "yes")), "disabled");
    badField(owner.patch(person, Map.of("quotas", Map.of("bytes", -1))), "quotas.bytes");
    badField(
        owner.patch(person, Map.of("quotas", Map.of("openSessions", 65), "role", "admin")),
        "quotas.openSessions");
    refused(owner.patch(UNKNOWN, Map.of("role", "member")), 404, "not-found");
    refused(owner.patch("/people/x", Map.of("role", "member")), 404, "not-found");
  }

  @Test
  void setsQuotasAndKeepsTheRest() {
    String person = "/people/" + add("member");
    owner.patch(person, Map.of("quotas", Map.of("workspaces", 3))).then().statusCode(200);
    Response changed = owner.patch(person, Map.of("quotas", Map.of("bytes", 5_000_000_000L)));
    assertThat(changed.<Integer>path("quotas.workspaces")).isEqualTo(3);
    assertThat(changed.<Integer>path("quotas.openSessions")).isEqualTo(16);
    assertThat(changed.<Long>path("quotas.bytes")).isEqualTo(5_000_000_000L);
    owner.patch(person, Map.of("quotas", Map.of("workspaces", 3))).then().statusCode(200);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      String id = person.substring("/people/".length());
      assertThat(security.await(2, SOON, e -> e.contains(id) && e.contains("\"quota\"")))
          .as("each change that is one")
          .hasSize(2)
          .allMatch(e -> e.contains("\"by\":\"" + owner.id() + "\""));
    }
  }

  @Test
  void whoLooksAtOthersIsToldOfOnceInAWhile() {
    String person = add("member");
    for (int i = 0; i < 3; i++) {
      owner.get("/people/" + person + "/ssh-keys").then().statusCode(200);
      owner.get("/people/" + person + "/devices").then().statusCode(200);
    }
    String last = add("member");
    owner.get("/people/" + last + "/devices").then().statusCode(200);
    try (TopicReader security = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      String seen = "\"type\":\"others-seen\"";
      List<String> looks =
          security.await(
              3, SOON, e -> e.contains(seen) && (e.contains(person) || e.contains(last)));
      assertThat(looks).filteredOn(e -> e.contains(last)).hasSize(1);
      assertThat(looks)
          .filteredOn(e -> e.contains(person))
          .satisfiesExactlyInAnyOrder(
              e -> assertThat(e).contains("\"person-key.list\""),
              e -> assertThat(e).contains("\"person-device.list\""));
      String everybodys = "\"person-device.list\",\"whose\":\"\"";
      assertThat(security.await(0, SOON, e -> e.contains(everybodys))).isEmpty();
    }
  }

  @Test
  void membersAndAuditorsSeeNobody() {
    for (String role : List.of("member", "auditor")) {
      try (SshHome other = new SshHome()) {
        Somebody somebody = Somebody.fresh(servers, role, other);
        String person = "/people/" + add("member");
        refused(somebody.get("/people"), 403, "refused");
        refused(somebody.post("/people", Map.of("name", "x", "role", "member")), 403, "refused");
        refused(somebody.patch(person, Map.of("disabled", true)), 403, "refused");
        refused(somebody.patch(UNKNOWN, Map.of("disabled", true)), 403, "refused");
        refused(somebody.get(person + "/ssh-keys"), 403, "refused");
        refused(somebody.get("/invitations"), 403, "refused");
        assertThat(somebody.get("/me").<String>path("role")).isEqualTo(role);
      }
    }
  }

  @Test
  void anAdminMakesAndChangesNoOwnerAndNoAdmin() {
    Somebody admin = Somebody.fresh(servers, "admin", home);
    String member = "/people/" + add("member");
    for (String role : List.of("owner", "admin")) {
      Map<String, String> somebody = Map.of("name", "x" + System.nanoTime(), "role", role);
      refused(admin.post("/people", somebody), 403, "refused");
      refused(admin.post("/invitations", Map.of("role", role)), 403, "refused");
      refused(admin.patch(member, Map.of("role", role)), 403, "refused");
      refused(admin.patch("/people/" + admin.id(), Map.of("role", role)), 403, "refused");
      String above = "/people/" + add(role);
      refused(admin.patch(above, Map.of("disabled", true)), 403, "refused");
      refused(
          admin.post(above + "/ssh-keys", Map.of("publicKey", home.publicKey())), 403, "refused");
      refused(admin.get("/people/" + owner.id() + "/ssh-keys"), 403, "refused");
    }
    assertThat(admin.patch(member, Map.of("role", "auditor")).<String>path("role"))
        .isEqualTo("auditor");
  }

  @Test
  void someoneWhoIsSwitchedOffIsOutAtOnce() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    String person = "/people/" + ada.id();
    assertThat(owner.patch(person, Map.of("disabled", true)).<Boolean>path("disabled")).isTrue();
    refused(ada.get("/me"), 401, "signed-out");
    refused(ada.get("/ssh-keys"), 401, "signed-out");
    refused(Somebody.signIn(servers, home, Map.of()), 403, "account-disabled");
    assertThat(owner.patch(person, Map.of("disabled", false)).<Boolean>path("disabled")).isFalse();
    assertThat(Somebody.signIn(servers, home, Map.of()).statusCode()).isEqualTo(201);
    refused(ada.get("/ssh-keys"), 401, "signed-out");
  }

  @Test
  void anotherRoleEndsWhatTheEarlierOneOpened() {
    Somebody admin = Somebody.fresh(servers, "admin", home);
    assertThat(admin.get("/people").statusCode()).isEqualTo(200);
    owner.patch("/people/" + admin.id(), Map.of("role", "member")).then().statusCode(200);
    refused(admin.get("/people"), 401, "signed-out");
    Somebody again = Somebody.bySshKey(servers, home, Map.of());
    refused(again.get("/people"), 403, "refused");
  }

  @Test
  void nobodySwitchesThemselvesOffAndTheLastOwnerStays() {
    String me = "/people/" + owner.id();
    refused(owner.patch(me, Map.of("disabled", true)), 409, "own-account");
    others("owner").forEach(id -> owner.patch("/people/" + id, Map.of("role", "member")));
    refused(owner.patch(me, Map.of("role", "member")), 409, "last-owner");
    assertThat(owner.get("/people").statusCode()).isEqualTo(200);
  }

  /** Whoever comes second has lost the role, or finds that the other was the last. */
  @Test
  void twoOwnersWhoRemoveEachOtherDontBothSucceed() throws Exception {
    others("owner").forEach(id -> owner.patch("/people/" + id, Map.of("role", "member")));
    Somebody second = Somebody.fresh(servers, "owner", home);
    List<Callable<Integer>> both =
        List.of(
            () -> owner.patch("/people/" + second.id(), Map.of("role", "member")).statusCode(),
            () -> second.patch("/people/" + owner.id(), Map.of("role", "member")).statusCode());
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newFixedThreadPool(2)) {
      for (Future<Integer> result : all.invokeAll(both)) {
        statuses.add(result.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    if (second.get("/people").statusCode() == 200) {
      second.patch("/people/" + owner.id(), Map.of("role", "owner")).then().statusCode(200);
    }
  }

  private List<String> others(String role) {
    return owner.get("/people").<List<Map<String, Object>>>path("$").stream()
        .filter(person -> person.get("role").equals(role))
        .map(person -> person.get("id").toString())
        .filter(id -> !id.equals(owner.id()))
        .toList();
  }

  @Test
  void anAdminRevokesAKeyOfAMember() {
    Somebody ada = Somebody.fresh(servers, "member", home);
    try (SshHome other = new SshHome()) {
      Somebody admin = Somebody.fresh(servers, "admin", other);
      String keys = "/people/" + ada.id() + "/ssh-keys";
      String key = admin.get(keys).path("[0].id");
      refused(admin.delete("/people/" + add("member") + "/ssh-keys/" + key), 404, "not-found");
      assertThat(admin.delete(keys + "/" + key).statusCode()).isEqualTo(204);
      refused(ada.get("/ssh-keys"), 401, "signed-out");
    }
  }
}
