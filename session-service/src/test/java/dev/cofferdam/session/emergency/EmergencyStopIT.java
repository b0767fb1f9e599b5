// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import static dev.cofferdam.session.Answers.badField;
import static dev.cofferdam.session.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class EmergencyStopIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;
  Gateway stack;
  String workspace;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
    stack = new Gateway(servers.credential("stack"));
    workspace = desk.workspaceOf(owner.id());
  }

  @AfterEach
  void lift() {
    set(false);
  }

  private Response set(boolean stopped) {
    return stack.post("/internal/emergency-stop", Map.of("stopped", stopped));
  }

  @Test
  void endsWhatIsOpenAndOpensNothing() {
    String opening = owner.opening(desk.workspaceOf(owner.id()));
    String active = owner.opening(workspace);
    gateway.opened(active);

    assertThat(set(true).<Integer>path("locking")).isGreaterThanOrEqualTo(2);

    assertThat(owner.state(active)).isEqualTo("LOCKING");
    assertThat(gateway.opened(opening).<String>path("state")).isEqualTo("LOCKING");
    gateway.locked(active, "ended");
    assertThat(owner.get("/sessions/" + active).<String>path("reason")).isEqualTo("emergency-stop");
    refused(owner.open(workspace), 409, "emergency-stop");
    set(false);
    assertThat(owner.open(workspace).statusCode()).isEqualTo(201);
  }

  @Test
  void isToldOfOnceEachTimeItChanges() {
    for (boolean stopped : new boolean[] {true, true, false, false, true, false}) {
      set(stopped);
    }
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      List<String> events =
          news.await(4, SOON, event -> isStop(event) && !event.contains("sealing"));
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i)).as("in turns").contains("\"stopped\":" + (i % 2 == 0));
      }
    }
  }

  @Test
  void saysInItsEventWhichOwnerDidIt() {
    String id = UUID.randomUUID().toString();
    Gateway someOwner = new Gateway(issuer.token(id, "session-service", "owner"));
    assertThat(someOwner.post("/emergency-stop", Map.of("stopped", true)).statusCode())
        .isEqualTo(200);
    refused(owner.open(workspace), 409, "emergency-stop");
    someOwner.post("/emergency-stop", Map.of("stopped", false));
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(news.await(2, SOON, event -> isStop(event) && event.contains(id)))
          .allMatch(event -> event.contains("\"by\":\"" + id + "\""));
    }
  }

  @Test
  void saysOfEachSessionThatItEndsWhichOwnerDidIt() {
    String session = owner.opening(workspace);
    gateway.opened(session);
    String id = UUID.randomUUID().toString();
    new Gateway(issuer.token(id, "session-service", "owner"))
        .post("/emergency-stop", Map.of("stopped", true));
    gateway.locked(session, "ended");
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      assertThat(news.await(1, SOON, e -> e.contains("session-locked") && e.contains(session)))
          .allMatch(event -> event.contains("\"by\":\"" + id + "\""));
    }
  }

  @Test
  void saysInItsEventThatVaultIsSealedBehindIt() {
    String id = UUID.randomUUID().toString();
    Gateway someOwner = new Gateway(issuer.token(id, "session-service", "owner"));
    set(true);
    someOwner.post("/emergency-stop", Map.of("stopped", true, "sealing", true));
    badField(
        someOwner.post("/emergency-stop", Map.of("stopped", false, "sealing", true)), "sealing");
    refused(owner.open(workspace), 409, "emergency-stop");
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.security.v1")) {
      assertThat(news.await(1, SOON, event -> isStop(event) && event.contains(id)))
          .allMatch(event -> event.contains("\"sealing\":true"));
    }
  }

  /** Told by the service itself: other tests tell of stops that are none. */
  private static boolean isStop(String event) {
    return event.contains("emergency-stop-changed") && event.contains("\"number\":");
  }

  @Test
  void nothingOpensPastItHoweverCloseTheyAre() throws Exception {
    List<String> workspaces = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      workspaces.add(desk.workspaceOf(owner.id()));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Response>> tries = new ArrayList<>();
      for (String one : workspaces) {
        tries.add(threads.submit(() -> owner.open(one, UUID.randomUUID().toString())));
      }
      set(true);
      for (Future<Response> attempt : tries) {
        assertThat(attempt.get().statusCode()).isIn(201, 409);
      }
    }
    assertThat(owner.get("/sessions").<List<String>>path("state"))
        .allMatch(state -> state.equals("LOCKING"));
  }

  @Test
  void isForTheSupervisorAlone() {
    Map<String, Object> stop = Map.of("stopped", true);
    assertThat(gateway.post("/internal/emergency-stop", stop).statusCode()).isEqualTo(403);
    assertThat(owner.post("/internal/emergency-stop", stop).statusCode()).isEqualTo(403);
    badField(stack.post("/internal/emergency-stop", Map.of()), "stopped");
  }
}
