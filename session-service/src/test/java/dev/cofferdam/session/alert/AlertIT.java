// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import static dev.cofferdam.session.Answers.badField;
import static dev.cofferdam.session.Answers.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SecurityEvent.Asker;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.session.AlertReceiver;
import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to the running service, and what its alerts say of it. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class AlertIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Eventually SOON = Eventually.within(LONGEST);
  private static final String SECURITY = "coffer.security.v1";

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  AlertReceiver receiver;
  KafkaProducer<String, String> producer;

  @Inject Alerts alerts;
  @Inject AlertStore store;

  private final UUID owner = UUID.randomUUID();
  private final UUID auditor = UUID.randomUUID();

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            servers.kafka().clientOf(PartName.STACK).settings(),
            new StringSerializer(),
            new StringSerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  private RequestSpecification as(UUID user, String role) {
    String token = issuer.token(user.toString(), "session-service", role);
    return given().header("Authorization", "Bearer " + token);
  }

  private List<Map<String, Object>> list(String query) {
    Response answer = as(auditor, "auditor").get("/alerts?limit=200&" + query);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath().getList("alerts");
  }

  private Optional<Map<String, Object>> open(String rule, String about) {
    return list("state=open").stream()
        .filter(a -> a.get("rule").equals(rule) && a.get("about").equals(about))
        .findFirst();
  }

  private Map<String, Object> await(String rule, String about) {
    SOON.until(rule + " about " + about, () -> open(rule, about).isPresent());
    return open(rule, about).orElseThrow();
  }

  private void tell(PartName teller, String topic, Event event) throws Exception {
    producer
        .send(servers.kafka().signed(teller, topic, event.key(), EventCodec.write(event)))
        .get();
  }

  private void refusedTo(String address, int times) throws Exception {
    tell(
        PartName.AUTH,
        SECURITY,
        new SecurityEvent.Refused(
            UUID.randomUUID(),
            Instant.now(),
            "ssh-key-refused",
            "key-unknown",
            "",
            new Asker(Optional.empty(), "", address),
            times));
  }

  private UUID signedIn(UserId user, String key, String address) throws Exception {
    UUID signIn = UUID.randomUUID();
    tell(
        PartName.AUTH,
        SECURITY,
        new SecurityEvent.SignedIn(
            UUID.randomUUID(), Instant.now(), user, signIn, "ssh-key", key, address));
    return signIn;
  }

  private static String network() {
    byte[] random = new byte[2];
    new java.security.SecureRandom().nextBytes(random);
    return "10.%d.%d".formatted(random[0] & 0xff, random[1] & 0xff);
  }

  @Test
  void whoIsRefusedAgainAndAgainIsTold() throws Exception {
    String network = network();
    String about = "network " + network + ".0/24";
    refusedTo(network + ".7", 11);
    refusedTo(network + ".8", 8);
    // Behind them in the ledger, so they were looked at once this is told of.
    await("many-refusals", awaited());
    assertThat(open("many-refusals", about)).isEmpty();
    refusedTo(network + ".9", 1);
    Map<String, Object> alert = await("many-refusals", about);
    assertThat(alert)
        .containsEntry("severity", "warning")
        .containsEntry("count", 20)
        .containsEntry("address", network + ".9")
        .containsEntry("detail", "20 in 5 minutes, the last: ssh-key-refused, key-unknown");
    refusedTo(network + ".9", 5);
    SOON.until("counted", () -> await("many-refusals", about).get("count").equals(25));
  }

  /** Something that is told of at once. */
  private String awaited() throws Exception {
    String network = network();
    refusedTo(network + ".1", 20);
    return "network " + network + ".0/24";
  }

  @Test
  void aKeyInANewNetworkIsTold() throws Exception {
    UserId user = UserId.random();
    String key = "SHA256:" + UUID.randomUUID();
    signedIn(user, key, "192.0.2.7");
    signedIn(user, key, "192.0.2.201");
    await("many-refusals", awaited());
    assertThat(list("state=open")).noneMatch(a -> a.get("credential").equals(key));
    signedIn(user, key, "2001:db8:7:1::9");
    assertThat(await("new-network", key + " from 2001:db8:7:0:0:0:0:0/48"))
        .containsEntry("credential", key)
        .containsEntry("actor", user.toString())
        .containsEntry("address", "2001:db8:7:1::9");
  }

  @Test
  void aKeyThatSomebodyElseTookIsCriticalAndInTheLedger() {
    Person person = new Person(issuer);
    String session = person.opening(desk.workspaceOf(person.id()));
    new Gateway(servers).failed(session, "token-spent");
    Map<String, Object> alert = await("token-used-twice", session);
    assertThat(alert).containsEntry("severity", "critical");
    Response entry =
        as(auditor, "auditor").get("/audit?limit=1&before=" + ((int) alert.get("entry") + 1));
    assertThat(entry.<String>path("entries[0].subject")).isEqualTo(session);
    SOON.until(
        "that there is an alert is in the ledger too",
        () ->
            as(auditor, "auditor")
                .get("/audit?kind=alert-raised")
                .<List<String>>path("entries.subject")
                .contains(alert.get("id")));
  }

  @Test
  void anEventThatIsMissingForgedOrLateIsTold() throws Exception {
    SessionId session = SessionId.random();
    WorkspaceId workspace = WorkspaceId.random();
    UserId user = UserId.random();
    Instant now = Instant.now();
    String topic = "coffer.session.v1";
    tell(
        PartName.SESSION,
        topic,
        new SessionEvent.Opening(UUID.randomUUID(), now, session, workspace, user, 1));
    tell(
        PartName.SESSION,
        topic,
        new SessionEvent.Opened(
            UUID.randomUUID(), now.minusSeconds(120), session, workspace, user, 3));
    assertThat(await("event-gap", session.toString())).containsEntry("severity", "critical");
    assertThat(await("impossible-time", session.toString()).get("detail").toString())
        .contains("120 s before");
    tell(
        PartName.WORKSPACE,
        topic,
        new SessionEvent.Locked(
            UUID.randomUUID(), now, session, workspace, user, 4, "user", Optional.empty()));
    await("event-refused", "no-right in " + topic);
  }

  private void assertStopsSay(String... details) {
    SOON.passes(
        () ->
            assertThat(list("state=open"))
                .filteredOn(alert -> alert.get("rule").equals("emergency-stop"))
                .extracting(alert -> alert.get("detail"))
                .containsExactlyInAnyOrder((Object[]) details));
  }

  @Test
  void aStopSaysWhetherVaultWasSealed() throws Exception {
    for (boolean sealing : List.of(false, true)) {
      tell(
          PartName.SESSION,
          SECURITY,
          new SecurityEvent.EmergencyStopChanged(
              UUID.randomUUID(), Instant.now(), true, sealing, Optional.of(UserId.random())));
      assertStopsSay(sealing ? "stopped, Vault is to be sealed" : "stopped, Vault stays open");
    }
    tell(
        PartName.AUTH,
        SECURITY,
        new SecurityEvent.Refused(
            UUID.randomUUID(), Instant.now(), "vault-seal", "vault-refused", ""));
    assertStopsSay(
        "stopped, Vault is to be sealed", "Vault was not sealed: it refused, or did not answer");
  }

  @Test
  void anOwnerClosesItAndTheSameAgainIsANewOne() throws Exception {
    String about = awaited();
    String id = await("many-refusals", about).get("id").toString();
    refused(as(auditor, "auditor").post("/alerts/" + id + "/close"), 403, "refused");
    refused(as(auditor, "member").get("/alerts"), 403, "refused");
    refused(as(owner, "owner").post("/alerts/" + UUID.randomUUID() + "/close"), 404, "not-found");
    Response closed = as(owner, "owner").post("/alerts/" + id + "/close");
    assertThat(closed.statusCode()).as(closed.asString()).isEqualTo(200);
    assertThat(closed.<String>path("closedBy")).isEqualTo(owner.toString());
    String at = closed.path("closedAt");
    assertThat(as(owner, "owner").post("/alerts/" + id + "/close").<String>path("closedAt"))
        .isEqualTo(at);
    assertThat(open("many-refusals", about)).isEmpty();
    assertThat(list("state=closed")).extracting(a -> a.get("id")).contains(id);
    try (TopicReader topic = new TopicReader(servers.kafka(), SECURITY)) {
      topic.await(1, LONGEST, event -> event.contains("alert-closed") && event.contains(id));
    }
    refusedTo(about.replace("network ", "").replace(".0/24", ".1"), 1);
    assertThat(await("many-refusals", about).get("id")).isNotEqualTo(id);
  }

  @Test
  void theWebhookIsToldUntilItListens() throws Exception {
    receiver.refuse(1);
    String about = awaited();
    Map<String, Object> alert = await("many-refusals", about);
    String id = alert.get("id").toString();
    SOON.until("the receiver has it", () -> !about(id).isEmpty());
    assertThat(receiver.refusing()).isZero();
    AlertReceiver.Message message = about(id).getFirst();
    assertThat(message.body())
        .startsWith("{\"type\":\"alert.raised\",\"timestamp\":\"")
        .contains("\"rule\":\"many-refusals\"")
        .contains(about);
    SOON.until(
        "it is noted",
        () -> open("many-refusals", about).orElseThrow().get("webhook").equals("delivered"));
    assertThat(about(id)).hasSize(1);
  }

  private List<AlertReceiver.Message> about(String alert) {
    return receiver.taken().stream().filter(m -> m.body().contains(alert)).toList();
  }

  /** A flood from everywhere is told of without saying who, see Tally. */
  @Test
  void aFloodOfWhichNobodyIsNamedIsToldAllTheSame() throws Exception {
    tell(
        PartName.AUTH,
        SECURITY,
        new SecurityEvent.Refused(
            UUID.randomUUID(),
            Instant.now(),
            "passkey-refused",
            "not-known",
            "",
            Asker.UNKNOWN,
            40_000));
    assertThat(await("many-refusals", "anybody: passkey-refused")).containsEntry("count", 40_000);
  }

  @Test
  void anEntryThatCanNotBeReadIsToldAndHoldsNothingUp() throws Exception {
    await("many-refusals", awaited());
    long seq;
    try (Connection database = servers.postgres().attacker();
        Statement statement = database.createStatement()) {
      try (ResultSet next = statement.executeQuery("select max(seq) from ledger.entry")) {
        next.next();
        seq = next.getLong(1);
      }
      statement.execute(
          "create table ledger.kind as select * from ledger.entry where seq = " + seq);
      statement.execute("update ledger.entry set kind = E'x\u0001' where seq = " + seq);
      statement.execute(
          "update session.alert_watch set next_entry = least(next_entry, " + seq + ")");
      try {
        String about = awaited();
        await("audit-gap", "entry " + seq);
        await("many-refusals", about);
      } finally {
        statement.execute(
            "update ledger.entry e set kind = k.kind from ledger.kind k where e.seq = k.seq");
        statement.execute("drop table ledger.kind");
      }
    }
  }

  @Test
  void ofOneRuleSoManyAreOpenAndTheRestIsCounted() {
    Finding found = Finding.ofLedger(Instant.now(), "", "no more than a test");
    String some = UUID.randomUUID().toString();
    IntStream.range(0, Alerts.MOST_OPEN + 5)
        .forEach(
            i -> QuarkusTransaction.requiringNew().run(() -> alerts.raise(found.about(some + i))));
    long open = QuarkusTransaction.requiringNew().call(() -> store.open().get(Rule.AUDIT_GAP));
    assertThat(open).isEqualTo(Alerts.MOST_OPEN + 1);
    assertThat(((Number) open("audit-gap", Alerts.OTHERS).orElseThrow().get("count")).intValue())
        .isGreaterThanOrEqualTo(5);
    list("state=open").stream()
        .filter(a -> a.get("rule").equals("audit-gap"))
        .forEach(a -> as(owner, "owner").post("/alerts/" + a.get("id") + "/close"));
  }

  @Test
  void whatIsDoneToAnOldEntryIsFoundByItself() throws Exception {
    await("many-refusals", awaited());
    try (Connection database = servers.postgres().attacker();
        Statement statement = database.createStatement()) {
      statement.execute("create table ledger.kept as select * from ledger.entry where seq = 0");
      statement.execute("update ledger.entry set actor = 'nobody' where seq = 0");
      try {
        assertThat(await("audit-gap", "entry 0").get("detail").toString())
            .contains("hash was made of");
      } finally {
        statement.execute(
            "update ledger.entry e set actor = k.actor from ledger.kept k where e.seq = k.seq");
        statement.execute("drop table ledger.kept");
      }
    }
  }

  @Test
  void aQuestionThatCanNotBeIsNamed() {
    badField(as(auditor, "auditor").get("/alerts?state=maybe"), "state");
    badField(as(auditor, "auditor").get("/alerts?limit=0"), "limit");
    badField(as(auditor, "auditor").get("/alerts?limit=201"), "limit");
    badField(as(auditor, "auditor").get("/alerts?before=x"), "before");
    refused(as(owner, "owner").post("/alerts/x/close"), 404, "not-found");
  }

  @Test
  void pagesHangTogether() throws Exception {
    awaited();
    await("many-refusals", awaited());
    Response first = as(auditor, "auditor").get("/alerts?limit=1");
    Response second = as(auditor, "auditor").get("/alerts?limit=1&before=" + first.path("next"));
    assertThat(second.<Integer>path("alerts[0].number"))
        .isLessThan(first.<Integer>path("alerts[0].number"));
    assertThat(first.<Integer>path("open")).isGreaterThanOrEqualTo(2);
  }
}
