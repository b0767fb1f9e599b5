// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.session.session.Sessions;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class ExpiryIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int REPLICAS = 4;

  @Inject DataSource database;
  @Inject Sessions sessions;

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
  }

  private String open(String sandbox) {
    String workspace = desk.workspaceOf(owner.id());
    String session = owner.open(workspace, sandbox).path("sessionId");
    gateway.opened(session);
    return session;
  }

  @Test
  void aSessionLocksWhenItsTimeIsUpWhateverIsDoneInIt() throws SQLException {
    String sandbox = UUID.randomUUID().toString();
    String session = open(sandbox);
    String other = open(UUID.randomUUID().toString());
    assertThat(endsAt(session))
        .isBetween(Instant.now().plusSeconds(43_100), Instant.now().plusSeconds(43_200));
    assertThat(Instant.parse(owner.get("/sessions/" + session).path("endsAt")))
        .isEqualTo(endsAt(session));
    endAt(session, Instant.now());
    Eventually.within(SOON).until("ended", () -> owner.state(session).equals("LOCKING"));
    Response renewal = gateway.renew(session, sandbox);
    assertThat(renewal.<Boolean>path("sessions[0].ended")).isTrue();
    gateway.locked(session, "ended");
    assertThat(owner.get("/sessions/" + session).<String>path("reason")).isEqualTo("longest");
    assertThat(owner.state(other)).isEqualTo("ACTIVE");
  }

  @Test
  void eachLocksOnceHoweverManyLookForThem() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(open(UUID.randomUUID().toString()));
    }
    for (String session : all) {
      endAt(session, Instant.now());
    }
    try (ExecutorService replicas = Executors.newFixedThreadPool(REPLICAS)) {
      List<Future<Integer>> looks = new ArrayList<>();
      for (int i = 0; i < REPLICAS; i++) {
        looks.add(replicas.submit(sessions::lockOverdue));
      }
      for (Future<Integer> look : looks) {
        assertThat(look.get()).isBetween(0, 10);
      }
    }
    Eventually.within(SOON)
        .until("all", () -> all.stream().allMatch(s -> owner.state(s).equals("LOCKING")));
    all.forEach(session -> gateway.locked(session, "ended"));
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      List<String> events = news.await(40, SOON, event -> all.stream().anyMatch(event::contains));
      assertThat(events.stream().filter(e -> e.contains("session-locking"))).hasSize(10);
      assertThat(events.stream().filter(e -> e.contains("\"reason\":\"longest\""))).hasSize(10);
    }
  }

  private void endAt(String session, Instant at) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update session set ends_at = ? where id = ?")) {
      update.setObject(1, at.atOffset(ZoneOffset.UTC));
      update.setObject(2, UUID.fromString(session));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private Instant endsAt(String session) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select ends_at from session where id = ?")) {
      select.setObject(1, UUID.fromString(session));
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getTimestamp(1).toInstant();
      }
    }
  }
}
