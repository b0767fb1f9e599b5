// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.eventtrust.EventReader;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.eventtrust.EventRefused.Reason;
import dev.cofferdam.eventtrust.SignedRecords;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Merkle;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word an event is, with certificates of a real Vault (rule Q2). */
class EventReaderIT {
  private static final Instant NOW = Instant.now();

  private static BaoServer bao;
  private static EventReader reader;
  private static final Map<PartName, PartIdentity> PARTS = new EnumMap<>(PartName.class);

  private final Event opened =
      new SessionEvent.Opened(
          UUID.randomUUID(), NOW, SessionId.random(), WorkspaceId.random(), UserId.random(), 2);

  @BeforeAll
  static void start() {
    bao = BaoServer.start();
    for (PartName part : PartName.values()) {
      PARTS.put(part, bao.identityOf(part));
    }
    reader = new EventReader(() -> of(PartName.GATEWAY), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    bao.close();
  }

  private static PartIdentity of(PartName part) {
    return PARTS.get(part);
  }

  private static ConsumerRecord<String, String> arrived(ProducerRecord<String, String> told) {
    ConsumerRecord<String, String> record =
        new ConsumerRecord<>(told.topic(), 0, 17, told.key(), told.value());
    told.headers().forEach(record.headers()::add);
    return record;
  }

  private static ConsumerRecord<String, String> told(PartIdentity by, Event event) {
    return arrived(
        SignedRecords.of(by, event.topic().wireName(), event.key(), EventCodec.write(event)));
  }

  private ConsumerRecord<String, String> with(@Nullable String signature, String value) {
    ProducerRecord<String, String> record =
        new ProducerRecord<>("coffer.session.v1", opened.key(), value);
    if (signature != null) {
      record.headers().add(SignedRecords.SIGNATURE, signature.getBytes(US_ASCII));
    }
    record.headers().add("place", ("0 1 " + leaf(value)).getBytes(US_ASCII));
    return arrived(record);
  }

  private static Hash leaf(String value) {
    return Merkle.leaf(Hash.ofText(value));
  }

  /** What is signed of one that is told alone. */
  private static String statement(String value) {
    return "cofferdam events 1 " + leaf(value);
  }

  private static void assertRefused(Reason reason, ConsumerRecord<String, String> record) {
    assertThatThrownBy(() -> reader.read(record))
        .isInstanceOfSatisfying(
            EventRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void whatItsPartTellsIsTaken() throws EventRefused {
    assertThat(reader.read(told(of(PartName.SESSION), opened))).isEqualTo(opened);
  }

  /** Each part with each kind of event: who tells what is written down a second time here. */
  @ParameterizedTest
  @EnumSource(PartName.class)
  void eachPartTellsOfItsOwnTypesAlone(PartName part) {
    Map<Event, Set<PartName>> tellers =
        Map.of(
            opened,
            Set.of(PartName.SESSION),
            new WorkspaceEvent.Created(
                UUID.randomUUID(), NOW, WorkspaceId.random(), UserId.random(), "w"),
            Set.of(PartName.WORKSPACE),
            new SecurityEvent.EmergencyStopChanged(
                UUID.randomUUID(), NOW, true, false, Optional.empty()),
            Set.of(PartName.SESSION),
            new SecurityEvent.MaintenanceChanged(
                UUID.randomUUID(), NOW, Optional.empty(), "", Optional.of(UserId.random())),
            Set.of(PartName.SESSION),
            new SecurityEvent.AlertRaised(
                UUID.randomUUID(), NOW, UUID.randomUUID(), "many-refusals", ""),
            Set.of(PartName.SESSION),
            new SecurityEvent.SignInEnded(
                UUID.randomUUID(), NOW, UserId.random(), UUID.randomUUID(), "signed-out"),
            Set.of(PartName.AUTH),
            new SecurityEvent.AccountChanged(
                UUID.randomUUID(), NOW, UserId.random(), UserId.random(), "role owner"),
            Set.of(PartName.AUTH),
            new SecurityEvent.OthersSeen(
                UUID.randomUUID(), NOW, "people.list", "", UserId.random(), ""),
            Set.of(PartName.AUTH, PartName.SESSION),
            new SecurityEvent.Refused(UUID.randomUUID(), NOW, "key-refused", "token-spent", ""),
            Set.of(PartName.AUTH, PartName.SESSION, PartName.WORKSPACE));
    Set<Event> taken = new HashSet<>();
    for (Event event : tellers.keySet()) {
      try {
        taken.add(reader.read(told(of(part), event)));
      } catch (EventRefused e) {
        assertThat(e.reason()).isEqualTo(Reason.NO_RIGHT);
      }
    }
    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(
            tellers.keySet().stream().filter(e -> tellers.get(e).contains(part)).toList());
  }

  /** Signed together, believed one by one, in any order. */
  @Test
  void eachOfABatchIsTakenAlone() throws EventRefused {
    for (int size : new int[] {1, 2, 3, 7, 100, SignedRecords.MOST}) {
      List<Event> events =
          IntStream.rangeClosed(1, size)
              .mapToObj(
                  i ->
                      (Event)
                          new SessionEvent.Opened(
                              UUID.randomUUID(),
                              NOW,
                              SessionId.random(),
                              WorkspaceId.random(),
                              UserId.random(),
                              i))
              .toList();
      List<ProducerRecord<String, String>> records =
          events.stream()
              .map(e -> new ProducerRecord<>(e.topic().wireName(), e.key(), EventCodec.write(e)))
              .toList();
      SignedRecords.sign(of(PartName.SESSION), records);
      for (int i = size - 1; i >= 0; i--) {
        assertThat(reader.read(arrived(records.get(i)))).isEqualTo(events.get(i));
      }
      ProducerRecord<String, String> swapped =
          new ProducerRecord<>(
              "coffer.session.v1",
              null,
              events.getLast().key(),
              EventCodec.write(events.getLast()),
              records.getFirst().headers());
      if (size > 1) {
        assertRefused(Reason.FORGED, arrived(swapped));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 1",
        "0 1 00",
        "1 1 ROOT",
        "0 0 ROOT",
        "0 2 ROOT",
        "-1 1 ROOT",
        "0 999 ROOT",
        "0 1 ROOT ROOT",
        "0 1  ROOT",
        "0 1 ROOT\n"
      })
  void aPlaceThatIsNoneIsRefused(String place) {
    String value = EventCodec.write(opened);
    ProducerRecord<String, String> record =
        new ProducerRecord<>("coffer.session.v1", opened.key(), value);
    String signature = of(PartName.SESSION).sign(statement(value));
    record.headers().add(SignedRecords.SIGNATURE, signature.getBytes(US_ASCII));
    String text = place.replace("ROOT", leaf(value).toString());
    record.headers().add("place", text.getBytes(US_ASCII));
    assertRefused(Reason.FORGED, arrived(record));
  }

  @Test
  void whatNobodySignedIsRefused() {
    String value = EventCodec.write(opened);
    assertRefused(Reason.UNSIGNED, with(null, value));
    assertRefused(Reason.FORGED, with("", value));
    assertRefused(Reason.FORGED, with("a..b", value));
    assertRefused(Reason.FORGED, with("x".repeat(10_000), value));
  }

  @Test
  void whatWasChangedIsRefused() {
    String value = EventCodec.write(opened);
    String signature = of(PartName.SESSION).sign(statement(value));
    assertRefused(
        Reason.FORGED, with(signature, value.replace("session-opened", "session-opening")));
    assertRefused(Reason.FORGED, with(signature, value + " "));
    String ofAnother = of(PartName.SESSION).sign(statement("{}"));
    assertRefused(Reason.FORGED, with(ofAnother, value));
    String ofTheValueItself = of(PartName.SESSION).sign(value);
    assertRefused(Reason.FORGED, with(ofTheValueItself, value));
  }

  @Test
  void anotherAuthoritysCertificateIsRefused() {
    assertRefused(Reason.FORGED, told(bao.foreignIdentityOf(PartName.SESSION), opened));
  }

  @Test
  void whatLiesWhereItDoesNotBelongIsRefused() {
    PartIdentity session = of(PartName.SESSION);
    String value = EventCodec.write(opened);
    assertRefused(
        Reason.MISPLACED,
        arrived(SignedRecords.of(session, "coffer.security.v1", opened.key(), value)));
    assertRefused(
        Reason.MISPLACED,
        arrived(
            SignedRecords.of(
                session, "coffer.session.v1", WorkspaceId.random().toString(), value)));
  }

  @Test
  void whatIsNoEventIsRefused() {
    PartIdentity session = of(PartName.SESSION);
    for (String value :
        List.of("", "[]", "{\"v\":2}", EventCodec.write(opened).replace("opened", "eaten"))) {
      assertRefused(
          Reason.UNREADABLE,
          arrived(SignedRecords.of(session, "coffer.session.v1", opened.key(), value)));
    }
  }

  @Test
  void whatHasNotHappenedYetIsRefused() {
    Event tomorrow =
        new SessionEvent.Opened(
            UUID.randomUUID(),
            NOW.plus(Duration.ofDays(1)),
            SessionId.random(),
            WorkspaceId.random(),
            UserId.random(),
            2);
    assertRefused(Reason.IMPOSSIBLE_TIME, told(of(PartName.SESSION), tomorrow));
  }

  /** Nothing could store it, and what can't be stored would come again and again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59Z",
        "-5000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void atATimeThatCanNotBeIsRefused(String at) {
    Event ended =
        new SecurityEvent.SignInEnded(
            UUID.randomUUID(), Instant.parse(at), UserId.random(), UUID.randomUUID(), "x");
    assertRefused(Reason.IMPOSSIBLE_TIME, told(of(PartName.AUTH), ended));
  }

  /** Told while the clock was ahead: it takes rights away and gives none. */
  @Test
  void anEndIsTakenAlsoFromAClockThatWasAhead() throws EventRefused {
    UUID id = UUID.randomUUID();
    Instant later = NOW.plus(Duration.ofHours(1));
    Event ended = new SecurityEvent.SignInEnded(id, later, UserId.random(), id, "signed-out");
    Event stop = new SecurityEvent.EmergencyStopChanged(id, later, true, true, Optional.empty());
    assertThat(reader.read(told(of(PartName.SESSION), stop))).isEqualTo(stop);
    assertThat(reader.read(told(of(PartName.AUTH), ended))).isEqualTo(ended);
  }

  /** Signed by somebody who has the key, with a header of his own. */
  private String crafted(String algorithm, Object signedAt, String type, boolean shown)
      throws Exception {
    Map<String, String> handed = of(PartName.SESSION).credential().handover();
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(
                    Base64.getDecoder().decode(handed.get("coffer.identity.key"))));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new java.io.ByteArrayInputStream(
                        handed.get("coffer.identity.certificate").getBytes(US_ASCII)));
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setHeader("typ", type);
    jws.getHeaders().setObjectHeaderValue("iat", signedAt);
    if (shown) {
      jws.setCertificateChainHeaderValue(certificate);
    }
    if (!algorithm.equals("none")) {
      jws.setKey(key);
    }
    jws.setPayload(statement(EventCodec.write(opened)));
    return jws.getDetachedContentCompactSerialization();
  }

  /** The library would take each for a fault of the program. */
  @Test
  void aHeaderOfAnotherJsonTypeIsRefused() throws Exception {
    String value = EventCodec.write(opened);
    String good = crafted("ES256", NOW.getEpochSecond(), "cofferdam-statement", true);
    String header =
        new String(Base64.getUrlDecoder().decode(good.substring(0, good.indexOf('.'))), UTF_8);
    for (String bad :
        List.of(
            "{}",
            "[]",
            "null",
            "{\"alg\":\"ES256\",\"typ\":5}",
            header.replaceFirst("\"x5c\":\\[[^]]*]", "\"x5c\":[1]"),
            header.replaceFirst("\"x5c\":\\[[^]]*]", "\"x5c\":[null]"),
            header.replaceFirst("\"x5c\":\\[[^]]*]", "\"x5c\":5"),
            header.replaceFirst("\"x5c\":\\[[^]]*]", "\"x5c\":[\"AAAA\"]"),
            header.replace("\"ES256\"", "5"),
            header.replace("{", "{\"crit\":[1],"),
            header.replace("{", "{\"crit\":5,"),
            header.replace("{", "{\"b64\":5,"))) {
      String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bad.getBytes(UTF_8));
      assertRefused(Reason.FORGED, with(encoded + good.substring(good.indexOf('.')), value));
    }
  }

  @Test
  void aSignatureOfAnotherMakeIsRefused() throws Exception {
    String value = EventCodec.write(opened);
    String type = "cofferdam-statement";
    long now = NOW.getEpochSecond();
    assertThat(reader.read(with(crafted("ES256", now, type, true), value))).isEqualTo(opened);
    assertRefused(Reason.FORGED, with(crafted("none", now, type, true), value));
    assertRefused(Reason.FORGED, with(crafted("ES256", now, "JWT", true), value));
    assertRefused(Reason.FORGED, with(crafted("ES256", "now", type, true), value));
    assertRefused(Reason.FORGED, with(crafted("ES256", now, type, false), value));
    // Signed by a clock that was ahead, it is good; before the certificate was or after it is not.
    assertThat(reader.read(with(crafted("ES256", now + 3600, type, true), value)))
        .isEqualTo(opened);
    assertRefused(Reason.FORGED, with(crafted("ES256", now - 86_400, type, true), value));
    assertRefused(Reason.FORGED, with(crafted("ES256", now + 172_800, type, true), value));
    assertRefused(Reason.FORGED, with(crafted("ES256", Long.MAX_VALUE, type, true), value));
  }
}
