// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static dev.cofferdam.session.Answers.badField;
import static dev.cofferdam.session.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ledger.Flaw;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Merkle;
import dev.cofferdam.ledger.Verdict;
import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger of the running service, and what somebody can do to it who has the database. */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class AuditIT {
  private static final String KEY = "SHA256:of-the-key-that-signed-in";
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Eventually SOON = Eventually.within(LONGEST);

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;
  Person owner;
  Gateway gateway;
  Auditor auditor;
  String workspace;

  @Inject HeadSigner heads;

  @ConfigProperty(name = "coffer.audit.heads")
  Path headFile;

  @BeforeEach
  void meet() {
    owner = new Person(issuer);
    gateway = new Gateway(servers);
    auditor = new Auditor(issuer);
    workspace = desk.workspaceOf(owner.id());
  }

  /** Opens and locks, and waits until all four events are there. */
  private String wholeSession() {
    Map<String, Object> claims = issuer.claims(owner.id().toString(), "session-service");
    claims.put("cred", KEY);
    Response opening =
        new Gateway(issuer.signed(issuer.header(), claims))
            .post(
                "/sessions",
                Map.of(
                    "workspaceId",
                    workspace,
                    "sandboxId",
                    UUID.randomUUID().toString(),
                    "address",
                    "192.0.2.7"));
    String session = opening.then().statusCode(201).extract().path("sessionId");
    gateway.opened(session);
    owner.lock(session);
    gateway.locked(session, "user");
    SOON.until("four entries", () -> ofWorkspace().size() == 4);
    return session;
  }

  private List<Map<String, Object>> ofWorkspace() {
    return auditor.entries("workspace=" + workspace);
  }

  private void attack(String sql) {
    try (Connection database = servers.postgres().attacker();
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyStepOfASessionIsAnEntryOnceWithItsKeyAndPlace() {
    String session = wholeSession();
    List<Map<String, Object>> entries = ofWorkspace();
    assertThat(entries)
        .extracting(e -> e.get("kind"))
        .containsExactly("session-locked", "session-locking", "session-opened", "session-opening");
    assertThat(entries)
        .allSatisfy(
            e -> {
              assertThat(e).containsEntry("actor", owner.id().toString());
              assertThat(e).containsEntry("subject", session);
              assertThat(e).containsEntry("outcome", "allowed");
              assertThat(e).containsEntry("stream", "session");
              assertThat(e).containsEntry("credential", KEY);
              assertThat(e).containsEntry("address", "192.0.2.7");
              assertThat(e.get("detail").toString()).matches("sign-in [0-9a-f-]{36}");
            });
    assertThat(entries.getFirst()).containsEntry("reason", "user");
  }

  @Test
  void whoReadsTheLedgerIsInIt() {
    auditor.entries("kind=session-locked");
    SOON.until(
        "the look",
        () ->
            auditor.entries("kind=others-seen").stream()
                .anyMatch(
                    e ->
                        e.get("actor").equals(auditor.id().toString())
                            && e.get("detail").equals("audit.read")));
  }

  @Test
  void aRefusalIsAnEntry() {
    String session = owner.opening(workspace);
    gateway.failed(session, "token-spent");
    SOON.until(
        "the refusal",
        () ->
            auditor.entries("kind=refused&outcome=refused").stream()
                .anyMatch(
                    e ->
                        e.get("subject").equals(session)
                            && e.get("reason").equals("token-spent")
                            && e.get("detail").equals("key-refused")));
  }

  @Test
  void anOpeningIsThereAtOnceAlsoWithoutABroker() {
    servers.kafka().kill();
    try {
      owner.opening(workspace);
      assertThat(ofWorkspace()).extracting(e -> e.get("kind")).containsExactly("session-opening");
    } finally {
      servers.kafka().restart();
    }
  }

  @Test
  void withoutALedgerNoKeyIsReleasedAndLockingWorks() {
    String session = owner.opening(workspace);
    gateway.opened(session);
    String other = desk.workspaceOf(owner.id());
    attack("revoke insert on ledger.entry from coffer_session");
    try {
      refused(owner.open(other), 503, "unavailable");
      assertThat(owner.get("/sessions").asString()).doesNotContain(other);
      assertThat(owner.lock(session).<String>path("lockTicket")).isNotBlank();
      assertThat(gateway.locked(session, "user").<String>path("state")).isEqualTo("LOCKED");
    } finally {
      attack("grant insert on ledger.entry to coffer_session");
    }
    assertThat(owner.open(other).statusCode()).isEqualTo(201);
    SOON.until("what was locked meanwhile", () -> ofWorkspace().size() == 4);
  }

  @Test
  void anExportIsVerifiedWithThePublicKeyAndTheHeadsElsewhere() throws Exception {
    wholeSession();
    heads.sign();
    String export = auditor.export();
    assertThat(auditor.verify(export, null)).isInstanceOf(Verdict.Good.class);
    assertThat(auditor.verify(export, Files.readString(headFile))).isInstanceOf(Verdict.Good.class);
    String newest = lastLine(Files.readString(headFile));
    try (TopicReader topic = new TopicReader(servers.kafka(), HeadStore.TOPIC)) {
      topic.await(1, LONGEST, newest::equals);
    }
  }

  private static String lastLine(String text) {
    return text.lines().reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void whatIsDoneToTheTableIsFound() throws Exception {
    wholeSession();
    heads.sign();
    String anchors = Files.readString(headFile);
    long last = ((Number) auditor.entries("limit=1").getFirst().get("seq")).longValue();
    // Nothing is added meanwhile; reading goes on.
    attack("revoke insert on ledger.entry from coffer_session");
    attack("create table ledger.copy as select * from ledger.entry");
    try {
      attack("update ledger.entry set actor = 'nobody' where seq = 1");
      found(null, 1, Flaw.EDITED);
      restore();
      attack("delete from ledger.entry where seq = 1");
      // A head that was signed right behind it is met before the next row.
      found(null, 1, Flaw.DROPPED, Flaw.CUT);
      restore();
      attack("delete from ledger.entry where seq = " + last);
      found(anchors, last, Flaw.CUT);
      assertThatThrownBy(heads::sign).isInstanceOf(LedgerChanged.class);
    } finally {
      restore();
      attack("drop table ledger.copy");
      attack("grant insert on ledger.entry to coffer_session");
    }
    heads.sign();
    assertThat(auditor.verify(auditor.export(), anchors)).isInstanceOf(Verdict.Good.class);
  }

  private void restore() {
    attack("delete from ledger.entry e using ledger.copy c where e.seq = c.seq");
    attack("insert into ledger.entry select * from ledger.copy order by seq");
  }

  private void found(@org.jspecify.annotations.Nullable String anchors, long row, Flaw... flaws) {
    String export = auditor.get("/audit/export").asString();
    assertThat(auditor.verify(export, anchors))
        .isInstanceOfSatisfying(
            Verdict.Bad.class,
            bad -> {
              assertThat(bad.flaw()).as(bad.toString()).isIn((Object[]) flaws);
              assertThat(bad.row()).isEqualTo(row);
            });
  }

  @Test
  void anEntryIsProvedByAFewHashes() {
    wholeSession();
    heads.sign();
    Response proof = auditor.get("/audit/proof/3");
    assertThat(proof.statusCode()).isEqualTo(200);
    assertThat(
            Merkle.isIncluded(
                Hash.parse(proof.path("entry.hash")),
                3,
                ((Number) proof.path("head.size")).longValue(),
                proof.<List<String>>path("path").stream().map(Hash::parse).toList(),
                Hash.parse(proof.path("head.root"))))
        .isTrue();
    assertThat(auditor.get("/audit/head").<String>path("root"))
        .isEqualTo(proof.<String>path("head.root"));
  }

  @Test
  void whatNoHeadCoversIsNotProvedYet() {
    heads.sign();
    owner.opening(workspace);
    Object newest = ofWorkspace().getFirst().get("seq");
    Response answer = auditor.get("/audit/proof/" + newest);
    // Unless the service's own clock was quicker.
    if (answer.statusCode() != 200) {
      refused(answer, 409, "not-signed-yet");
    }
    heads.sign();
    assertThat(auditor.get("/audit/proof/" + newest).statusCode()).isEqualTo(200);
    refused(auditor.get("/audit/proof/99999999"), 404, "not-found");
    refused(auditor.get("/audit/proof/x"), 404, "not-found");
  }

  @Test
  void pagesHangTogether() {
    wholeSession();
    String one = "workspace=" + workspace + "&limit=3";
    Response first = auditor.get("/audit?" + one);
    assertThat(first.<List<?>>path("entries")).hasSize(3);
    Response second = auditor.get("/audit?" + one + "&before=" + first.path("next"));
    assertThat(second.<List<?>>path("entries")).hasSize(1);
    assertThat(second.<Object>path("next")).isNull();
    String at = first.path("entries[0].at");
    assertThat(auditor.entries(one + "&to=" + at)).hasSize(3);
    assertThat(auditor.entries(one + "&from=" + at)).hasSize(1);
    assertThat(auditor.entries(one + "&actor=" + auditor.id())).isEmpty();
    assertThat(auditor.entries(one + "&kind=session-opened")).hasSize(1);
    assertThat(auditor.entries(one + "&outcome=refused")).isEmpty();
  }

  @Test
  void aQueryThatCanNotBeIsNamed() {
    badField(auditor.get("/audit?limit=0"), "limit");
    badField(auditor.get("/audit?limit=501"), "limit");
    badField(auditor.get("/audit?limit=x"), "limit");
    badField(auditor.get("/audit?before=-1"), "before");
    badField(auditor.get("/audit?from=yesterday"), "from");
    badField(auditor.get("/audit?to=0001-01-01T00:00:00Z"), "to");
    badField(auditor.get("/audit?outcome=maybe"), "outcome");
    badField(auditor.get("/audit?actor=" + "x".repeat(129)), "actor");
    badField(auditor.get("/audit/export?format=xml"), "format");
    badField(auditor.get("/audit/export?actor=x"), "format");
  }

  @Test
  void aTableForPeopleHoldsWhatTheFilterLetsThrough() {
    wholeSession();
    Response csv = auditor.get("/audit/export?format=csv&workspace=" + workspace);
    assertThat(csv.contentType()).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("audit.csv");
    assertThat(csv.asString().lines()).hasSize(5);
    assertThat(csv.asString())
        .startsWith("\"seq\",\"at\",\"kind\"")
        .contains("\"session-locked\",\"allowed\",\"user\",\"" + owner.id() + "\"");
    assertThat(auditor.entries("kind=audit-exported&actor=" + auditor.id()).getFirst())
        .containsEntry("detail", "csv");
  }
}
