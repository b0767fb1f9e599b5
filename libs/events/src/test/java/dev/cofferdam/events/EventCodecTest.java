// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final UUID ID = UUID.fromString("9b2f0c1e-8d4a-4c57-b7a1-2f6d5e3c4b10");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final SessionId SESSION = SessionId.parse("0d5f3b8e-6a5e-4d5c-9a3a-0f8f4d3b2c11");
  private static final WorkspaceId WORKSPACE =
      WorkspaceId.parse("7c9e6679-7425-40de-944b-e07fc1f90ae7");
  private static final UserId USER = UserId.parse("f47ac10b-58cc-4372-a567-0e02b2c3d479");

  private static final UserId OWNER = UserId.parse("2c1b9d0e-4f5a-4b6c-8d7e-9f0a1b2c3d4e");
  private static final UUID BROWSER = UUID.fromString("5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9");
  private static final UUID ALERT = UUID.fromString("6f7a8b9c-0d1e-4f2a-b3c4-d5e6f7a8b9c0");
  private static final String FINGERPRINT = "SHA256:Zm9yIHRlc3RzIG9ubHksIG5vIGtleSBoYXMgdGhpcw";

  /** One of each type; the compiler does not tell when one is missing, the last test does. */
  private static final Map<String, Event> EVENTS =
      Map.ofEntries(
          entry("session-opening", new SessionEvent.Opening(ID, AT, SESSION, WORKSPACE, USER, 1)),
          entry("session-opened", new SessionEvent.Opened(ID, AT, SESSION, WORKSPACE, USER, 2)),
          entry(
              "session-warned",
              new SessionEvent.Warned(ID, AT, SESSION, WORKSPACE, USER, 3, AT.plusSeconds(60))),
          entry("session-resumed", new SessionEvent.Resumed(ID, AT, SESSION, WORKSPACE, USER, 4)),
          entry("session-locking", new SessionEvent.Locking(ID, AT, SESSION, WORKSPACE, USER, 3)),
          entry(
              "session-locked",
              new SessionEvent.Locked(ID, AT, SESSION, WORKSPACE, USER, 4, "user")),
          entry(
              "workspace-created", new WorkspaceEvent.Created(ID, AT, WORKSPACE, USER, "Füße 日本")),
          entry("key-granted", new WorkspaceEvent.KeyGranted(ID, AT, WORKSPACE, USER, SESSION)),
          entry("workspace-deleted", new WorkspaceEvent.Deleted(ID, AT, WORKSPACE, USER)),
          entry(
              "refused",
              new SecurityEvent.Refused(ID, AT, "key-refused", "token-spent", SESSION.toString())),
          entry(
              "emergency-stop-changed",
              new SecurityEvent.EmergencyStopChanged(ID, AT, true, false, Optional.empty())),
          entry(
              "maintenance-changed",
              new SecurityEvent.MaintenanceChanged(
                  ID, AT, Optional.of(AT.plusSeconds(3600)), "A new disk", Optional.empty())),
          entry(
              "others-seen",
              new SecurityEvent.OthersSeen(
                  ID, AT, "person-device.list", USER.toString(), OWNER, "SHA256:abc")),
          entry(
              "session-entered",
              new SecurityEvent.SessionEntered(
                  ID, AT, SESSION, WORKSPACE, USER, BROWSER, FINGERPRINT)),
          entry(
              "alert-raised",
              new SecurityEvent.AlertRaised(ID, AT, ALERT, "many-refusals", "192.0.2.7")),
          entry(
              "alert-closed", new SecurityEvent.AlertClosed(ID, AT, ALERT, "many-refusals", OWNER)),
          entry(
              "signed-in",
              new SecurityEvent.SignedIn(
                  ID, AT, USER, BROWSER, "ssh-key", FINGERPRINT, "192.0.2.7")),
          entry(
              "sign-in-ended", new SecurityEvent.SignInEnded(ID, AT, USER, BROWSER, "key-revoked")),
          entry("account-changed", new SecurityEvent.AccountChanged(ID, AT, USER, OWNER, "role")),
          entry(
              "credential-changed",
              new SecurityEvent.CredentialChanged(
                  ID, AT, USER, OWNER, "ssh-key", FINGERPRINT, "revoked")));

  /** The same types with what may be left out of them. */
  private static final Map<String, Event> FULLER =
      Map.of(
          "maintenance-changed-over",
          new SecurityEvent.MaintenanceChanged(ID, AT, Optional.empty(), "", Optional.of(OWNER)),
          "maintenance-changed-by-somebody",
          new SecurityEvent.MaintenanceChanged(
              ID, AT, Optional.of(AT.plusSeconds(3600)), "A new disk", Optional.of(OWNER)),
          "emergency-stop-changed-by-somebody",
          new SecurityEvent.EmergencyStopChanged(ID, AT, true, true, Optional.of(OWNER)),
          "session-locked-by-somebody",
          new SessionEvent.Locked(ID, AT, SESSION, WORKSPACE, USER, 4, "admin", Optional.of(OWNER)),
          "sign-in-ended-of-a-key",
          new SecurityEvent.SignInEnded(
              ID, AT, USER, BROWSER, "ended-by-admin", "ssh-key", FINGERPRINT),
          "refused-to-somebody",
          new SecurityEvent.Refused(
              ID,
              AT,
              "workspace.delete",
              "not-yours",
              WORKSPACE.toString(),
              new SecurityEvent.Asker(Optional.of(USER), FINGERPRINT, "192.0.2.7"),
              41));

  private static final KeySequence PLACE =
      new KeySequence(UUID.fromString("8a9b0c1d-2e3f-4a5b-8c6d-7e8f9a0b1c2d"), 7);

  /** Of these a request of somebody is known, of the others none. */
  private static final Map<String, Actor> ACTORS =
      Map.ofEntries(
          entry("session-opening", by(USER)),
          entry("session-locking", by(USER)),
          entry("session-locked-by-somebody", by(OWNER)),
          entry("workspace-created", by(USER)),
          entry("key-granted", new Actor(Optional.empty(), "", "192.0.2.7")),
          entry("workspace-deleted", by(USER)),
          entry("maintenance-changed-by-somebody", by(OWNER)),
          entry("maintenance-changed-over", by(OWNER)),
          entry("emergency-stop-changed-by-somebody", by(OWNER)),
          entry("others-seen", by(OWNER)),
          entry("session-entered", new Actor(Optional.of(USER), FINGERPRINT, "192.0.2.7")),
          entry("alert-closed", by(OWNER)),
          entry("signed-in", new Actor(Optional.empty(), "", "192.0.2.7")),
          entry("sign-in-ended", by(OWNER)),
          entry("sign-in-ended-of-a-key", by(OWNER)),
          entry("account-changed", by(OWNER)),
          entry("credential-changed", by(OWNER)));

  private static Actor by(UserId user) {
    return new Actor(Optional.of(user), "SHA256:abc", "192.0.2.7");
  }

  private static Envelope envelope(String name) {
    Event event = EVENTS.containsKey(name) ? EVENTS.get(name) : FULLER.get(name);
    return new Envelope(event, ACTORS.getOrDefault(name, Actor.NOBODY), Optional.of(PLACE));
  }

  static Stream<String> all() {
    return Stream.concat(names(), fuller());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFirstVersionIsStillRead(String name) throws IOException {
    Event event = envelope(name).event();
    assertThat(EventCodec.open(golden("v1/" + name))).isEqualTo(Envelope.of(event));
    assertThat(EventCodec.write(event)).isEqualTo(golden("v1/" + name));
    assertThat(EventCodec.write(Envelope.of(event))).isEqualTo(golden("v1/" + name));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFirstVersionHasNothingBesideTheEvent(String name) throws IOException {
    String first = golden(name).replace("\"v\":2", "\"v\":1");
    assertThat(EventCodec.open(first)).isEqualTo(Envelope.of(envelope(name).event()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"number\":0", "\"number\":\"7\"", "\"number\":7.5", "\"number\":-1", "\"n\":7"})
  void refusesWhatIsNoPlace(String other) throws IOException {
    String wrong = golden("session-opened").replace("\"number\":7", other);
    assertThatThrownBy(() -> EventCodec.open(wrong)).isInstanceOf(MalformedEvent.class);
  }

  @Test
  void refusesAnActorThatIsNone() throws IOException {
    for (String other :
        List.of(
            golden("workspace-created").replace("\"actorId\":\"", "\"actorId\":\"x"),
            golden("workspace-created").replace("\"192.0.2.7\"", "7"),
            golden("workspace-created").replace("\"SHA256:abc\"", "null"),
            golden("workspace-created").replaceFirst("\"chain\":\"", "\"chain\":\"x"))) {
      assertThatThrownBy(() -> EventCodec.open(other)).as(other).isInstanceOf(MalformedEvent.class);
    }
  }

  static Stream<String> fuller() {
    return FULLER.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("fuller")
  void saysMoreWhereThereIsMore(String name) throws IOException {
    assertThat(EventCodec.write(envelope(name))).isEqualTo(golden(name));
    assertThat(EventCodec.open(golden(name))).isEqualTo(envelope(name));
  }

  @Test
  void refusesWhatMayBeLeftOutIfItIsWrong() throws IOException {
    for (String other :
        List.of(
            golden("session-locked-by-somebody").replace(OWNER.toString(), "somebody"),
            golden("refused-to-somebody").replace(USER.toString(), "somebody"),
            golden("refused-to-somebody").replace("41", "0"),
            golden("refused-to-somebody").replace("41", "\"41\""),
            golden("refused-to-somebody").replace("\"192.0.2.7\"", "7"),
            golden("sign-in-ended-of-a-key").replace("\"ssh-key\"", "7"),
            golden("sign-in-ended-of-a-key").replace("\"" + FINGERPRINT + "\"", "null"))) {
      assertThatThrownBy(() -> EventCodec.read(other)).as(other).isInstanceOf(MalformedEvent.class);
    }
  }

  static Stream<String> names() {
    return EVENTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isWrittenAsInItsGoldenFile(String name) throws IOException {
    assertThat(EventCodec.write(envelope(name))).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isReadFromItsGoldenFile(String name) throws IOException {
    assertThat(EventCodec.read(golden(name))).isEqualTo(EVENTS.get(name));
    assertThat(EventCodec.open(golden(name))).isEqualTo(envelope(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void passesOverFieldsThatALaterWriterAdds(String name) throws IOException {
    String more = golden(name).replaceFirst("\\{", "{\"later\":{\"a\":[1]},");
    assertThat(EventCodec.read(more)).isEqualTo(EVENTS.get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesEachFieldThatIsMissing(String name) throws IOException {
    for (String field :
        List.of(
            "v",
            "type",
            "id",
            "at",
            "sessionId",
            "workspaceId",
            "userId",
            "sequence",
            "reason",
            "name",
            "what",
            "why",
            "subject",
            "browserSessionId",
            "method",
            "credential",
            "address",
            "by",
            "kind",
            "alertId",
            "rule",
            "notice",
            "about",
            "chain",
            "number")) {
      if (golden(name).contains("\"" + field + "\":")) {
        String less = golden(name).replace("\"" + field + "\":", "\"other\":");
        assertThatThrownBy(() -> EventCodec.read(less))
            .as(field)
            .isInstanceOf(MalformedEvent.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "no json",
        "{\"v\":1}",
        "{\"v\":2}",
        "{\"v\":1,\"v\":1}",
      })
  void refusesWhatIsNoEvent(String text) {
    assertThatThrownBy(() -> EventCodec.read(text)).isInstanceOf(MalformedEvent.class);
  }

  @Test
  void refusesOtherVersionsAndTypes() throws IOException {
    String good = golden("session-opened");
    for (String other :
        List.of(
            good.replace("\"v\":2", "\"v\":3"),
            good.replace("\"v\":2", "\"v\":0"),
            good.replace("\"v\":2", "\"v\":\"1\""),
            good.replace("\"v\":2", "\"v\":1.5"),
            good.replace("session-opened", "session-eaten"),
            good.replace("2026-01-02T03:04:05.678Z", "yesterday"),
            good.replace(ID.toString(), "1"),
            good.replace(SESSION.toString(), SESSION.toString().toUpperCase()),
            good.replace("\"sequence\":2", "\"sequence\":\"2\""),
            good.replace("\"sequence\":2", "\"sequence\":0"),
            good + "x")) {
      assertThatThrownBy(() -> EventCodec.read(other)).as(other).isInstanceOf(MalformedEvent.class);
    }
  }

  @Test
  void everyTypeHasAGoldenFile() {
    long types =
        Stream.of(SessionEvent.class, WorkspaceEvent.class, SecurityEvent.class)
            .mapToLong(EventCodecTest::types)
            .sum();
    assertThat(EVENTS).hasSize((int) types);
  }

  private static long types(Class<?> family) {
    return family.isSealed()
        ? Stream.of(family.getPermittedSubclasses()).mapToLong(EventCodecTest::types).sum()
        : 1;
  }

  @Test
  void isOrderedByWhatItIsAbout() {
    assertThat(EVENTS.get("session-opened").key()).isEqualTo(WORKSPACE.toString());
    assertThat(EVENTS.get("workspace-created").key()).isEqualTo(WORKSPACE.toString());
    assertThat(EVENTS.get("refused").key()).isEqualTo(SESSION.toString());
    assertThat(new SecurityEvent.Refused(ID, AT, "link-refused", "link-spent", "").key())
        .isEqualTo("link-refused");
    assertThat(EVENTS.get("sign-in-ended").key()).isEqualTo(USER.toString());
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = EventCodecTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), UTF_8).strip();
    }
  }
}
