// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.AlertReceiver;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A lease that was replayed raises an alert, which is a number; how much the webhook may take. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class AlertBoundsIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(60));
  private static final String RULE = "lease-refused";

  Servers servers;
  TokenIssuer issuer;
  AlertReceiver receiver;

  @Inject Alerts alerts;
  @Inject Deliveries deliveries;
  @Inject EntityManager database;

  @TestHTTPResource(value = "/", management = true)
  String management;

  private final String auditor = UUID.randomUUID().toString();

  /** As auth-service tells what a sandbox has refused and a gateway heard. */
  private void leaseReplayed(String session) throws Exception {
    SecurityEvent.Refused event =
        new SecurityEvent.Refused(UUID.randomUUID(), Instant.now(), RULE, "replayed", session);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer())) {
      producer
          .send(
              servers
                  .kafka()
                  .signed(
                      PartName.AUTH,
                      event.topic().wireName(),
                      event.key(),
                      EventCodec.write(event)))
          .get();
    }
  }

  private RequestSpecification as(String role) {
    String token = issuer.token(auditor, "session-service", role);
    return given().header("Authorization", "Bearer " + token);
  }

  private Optional<Map<String, Object>> alert(String about) {
    Response answer = as("auditor").get("/alerts?limit=200&state=open");
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath().<Map<String, Object>>getList("alerts").stream()
        .filter(a -> a.get("rule").equals(RULE) && a.get("about").equals(about))
        .findFirst();
  }

  private Map<String, Object> await(String about) {
    SOON.until("an alert about " + about, () -> alert(about).isPresent());
    return alert(about).orElseThrow();
  }

  private List<AlertReceiver.Message> told(String about) {
    return receiver.taken().stream().filter(m -> m.body().contains(about)).toList();
  }

  @Test
  void aReplayedLeaseIsCritical() throws Exception {
    String session = UUID.randomUUID().toString();
    leaseReplayed(session);
    assertThat(await(session))
        .containsEntry("severity", "critical")
        .containsEntry("subject", session)
        .containsEntry("detail", RULE);
    SOON.until("the webhook is told", () -> !told(session).isEmpty());
    leaseReplayed(session);
    SOON.until(
        "counted, not raised again", () -> alert(session).orElseThrow().get("count").equals(2));
  }

  /** Where docs/alerts.md says; others of this rule may be open. */
  @Test
  void anOpenAlertIsANumberUntilItIsClosed() throws Exception {
    String session = UUID.randomUUID().toString();
    leaseReplayed(session);
    String id = await(session).get("id").toString();
    assertThat(openOfRule()).isPositive();
    String counted = "coffer_alerts_open{rule=\"lease-refused\",severity=\"critical\"}";
    SOON.until("it is counted", () -> metric(counted) == openOfRule());
    assertThat(metric("coffer_alerts_entries_seen")).isPositive();
    assertThat(metric("coffer_alerts_webhook_waiting")).isNotNegative();
    SOON.until(
        "its message, too",
        () -> metric("coffer_alerts_webhook_total{outcome=\"delivered\"}") >= 1);
    as("owner").post("/alerts/" + id + "/close").then().statusCode(200);
    assertThat(alert(session)).as("open still").isEmpty();
    SOON.until("it is not counted", () -> metric(counted) == openOfRule());
    for (Rule rule : Rule.values()) {
      assertThat(metrics())
          .contains(
              "coffer_alerts_open{rule=\"%s\",severity=\"%s\"} "
                  .formatted(rule.word(), rule.severity().word()));
    }
    assertThat(metrics()).as("names nobody").doesNotContain(session, id);
  }

  private long openOfRule() {
    return as("auditor")
        .get("/alerts?limit=200&state=open")
        .jsonPath()
        .<String>getList("alerts.rule")
        .stream()
        .filter(RULE::equals)
        .count();
  }

  private String metrics() {
    Response answer = given().get(management + "metrics");
    assertThat(answer.statusCode()).as(management).isEqualTo(200);
    return answer.asString();
  }

  private double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + metrics()));
  }

  /** It is not waited for longer than five seconds, and told in the end, by the same id. */
  @Test
  void aReceiverThatDoesNotAnswerIsToldLater() throws Exception {
    String session = UUID.randomUUID().toString();
    receiver.keepSilent();
    try {
      leaseReplayed(session);
      await(session);
      SOON.until("a try that failed", () -> attempts(session) >= 1 && !failure(session).isEmpty());
      assertThat(failure(session)).isEqualTo("HttpTimeoutException");
    } finally {
      receiver.answer();
    }
    SOON.until("told", () -> !told(session).isEmpty());
    assertThat(told(session)).hasSize(1);
    SOON.until("noted", () -> alert(session).orElseThrow().get("webhook").equals("delivered"));
  }

  private int attempts(String about) {
    return ((Number) delivery("attempts", about)).intValue();
  }

  private String failure(String about) {
    return delivery("failure", about).toString();
  }

  private Object delivery(String column, String about) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                database
                    .createNativeQuery(
                        "select d."
                            + column
                            + " from alert_delivery d join alert a on a.id = d.alert_id"
                            + " where a.about = :about")
                    .setParameter("about", about)
                    .getSingleResult());
  }

  /** In a transaction that is taken back: nobody else sees any of it. */
  @Test
  void beyondAThousandNothingWaits() {
    QuarkusTransaction.begin();
    try {
      long there = deliveries.waiting();
      database
          .createNativeQuery(
              "with new as (insert into alert (id, rule, about, count, first_at, last_at, actor,"
                  + " credential, address, workspace, subject, detail, told_at)"
                  + " select gen_random_uuid(), 'audit-gap', 'bound ' || n, 1, now(), now(), '', '',"
                  + " '', '', '', '', now() from generate_series(1, :most) n returning id)"
                  + " insert into alert_delivery (alert_id, message, due_at)"
                  + " select id, gen_random_uuid(), now() from new")
          .setParameter("most", Deliveries.MOST_WAITING - (int) there)
          .executeUpdate();
      assertThat(deliveries.waiting()).isEqualTo(Deliveries.MOST_WAITING);
      alerts.raise(Finding.ofLedger(Instant.now(), "one more", ""));
      assertThat(deliveries.waiting()).isEqualTo(Deliveries.MOST_WAITING);
    } finally {
      QuarkusTransaction.rollback();
    }
  }

  @Test
  void afterTenTriesItIsGivenUp() {
    QuarkusTransaction.begin();
    try {
      database.createNativeQuery("delete from alert_delivery").executeUpdate();
      alerts.raise(Finding.ofLedger(Instant.now(), "given up", ""));
      int tries = 0;
      boolean over = false;
      while (!over) {
        List<Deliveries.Due> due = deliveries.take(8);
        assertThat(due).hasSize(1);
        assertThat(deliveries.take(8)).as("taken by one alone").isEmpty();
        tries++;
        assertThat(due.getFirst().attempt()).isEqualTo(tries);
        over = deliveries.failed(due.getFirst(), "it answered 503");
        assertThat(deliveries.take(8)).as("not before its time").isEmpty();
        database
            .createNativeQuery("update alert_delivery set due_at = now() where due_at is not null")
            .executeUpdate();
      }
      assertThat(tries).isEqualTo(Deliveries.MOST_ATTEMPTS);
      assertThat(deliveries.waiting()).isZero();
      assertThat(deliveries.take(8)).isEmpty();
    } finally {
      QuarkusTransaction.rollback();
    }
  }
}
