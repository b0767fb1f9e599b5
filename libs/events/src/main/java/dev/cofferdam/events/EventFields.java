// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What each type of events has besides what all have: to JSON and back. */
final class EventFields {
  private EventFields() {}

  static void put(ObjectNode json, Event event) {
    switch (event) {
      case SessionEvent e -> {
        json.put("sessionId", e.session().toString()).put("workspaceId", e.workspace().toString());
        json.put("userId", e.user().toString()).put("sequence", e.sequence());
        if (e instanceof SessionEvent.Warned warned) {
          json.put("locksAt", warned.locksAt().toString());
        }
        if (e instanceof SessionEvent.Locked locked) {
          json.put("reason", locked.reason());
          locked.by().ifPresent(by -> json.put("by", by.toString()));
        }
      }
      case WorkspaceEvent e -> {
        json.put("workspaceId", e.workspace().toString()).put("userId", e.user().toString());
        if (e instanceof WorkspaceEvent.Created created) {
          json.put("name", created.name());
        }
        if (e instanceof WorkspaceEvent.KeyGranted granted) {
          json.put("sessionId", granted.session().toString());
        }
      }
      case SecurityEvent.Refused e -> {
        json.put("what", e.what()).put("why", e.why()).put("subject", e.subject());
        putAsker(json, e);
      }
      case SecurityEvent.EmergencyStopChanged e -> {
        json.put("stopped", e.stopped());
        if (e.sealing()) {
          json.put("sealing", true);
        }
        e.by().ifPresent(by -> json.put("by", by.toString()));
      }
      case SecurityEvent.MaintenanceChanged e -> {
        e.locksAt().ifPresent(at -> json.put("locksAt", at.toString()));
        json.put("notice", e.notice());
        e.by().ifPresent(by -> json.put("by", by.toString()));
      }
      case SecurityEvent.OthersSeen e ->
          json.put("what", e.what())
              .put("whose", e.whose())
              .put("by", e.by().toString())
              .put("credential", e.credential());
      case SecurityEvent.SessionEntered e ->
          json.put("sessionId", e.session().toString())
              .put("workspaceId", e.workspace().toString())
              .put("by", e.by().toString())
              .put("browserSessionId", e.browserSession().toString())
              .put("credential", e.credential());
      case SecurityEvent.OfAlert e -> {
        json.put("alertId", e.alert().toString());
        putOfAlert(json, e);
      }
      case SecurityEvent.OfPerson e -> {
        json.put("userId", e.user().toString());
        putOfPerson(json, e);
      }
    }
  }

  /** Only what there is: the first events of this version had none of these. */
  private static void putAsker(ObjectNode json, SecurityEvent.Refused event) {
    SecurityEvent.Asker asker = event.asker();
    asker.user().ifPresent(user -> json.put("askedBy", user.toString()));
    if (!asker.credential().isEmpty()) {
      json.put("credential", asker.credential());
    }
    if (!asker.address().isEmpty()) {
      json.put("address", asker.address());
    }
    if (event.count() > 1) {
      json.put("count", event.count());
    }
  }

  private static void putOfAlert(ObjectNode json, SecurityEvent.OfAlert event) {
    switch (event) {
      case SecurityEvent.AlertRaised e -> json.put("rule", e.rule()).put("about", e.about());
      case SecurityEvent.AlertClosed e -> json.put("rule", e.rule()).put("by", e.by().toString());
    }
  }

  private static void putOfPerson(ObjectNode json, SecurityEvent.OfPerson event) {
    switch (event) {
      case SecurityEvent.SignedIn e ->
          json.put("browserSessionId", e.browserSession().toString())
              .put("method", e.method())
              .put("credential", e.credential())
              .put("address", e.address());
      case SecurityEvent.SignInEnded e -> putEnd(json, e);
      case SecurityEvent.AccountChanged e ->
          json.put("by", e.by().toString()).put("what", e.what());
      case SecurityEvent.CredentialChanged e ->
          json.put("by", e.by().toString())
              .put("kind", e.kind())
              .put("credential", e.credential())
              .put("what", e.what());
    }
  }

  /** Only what there is: the first of this type did not say how the sign-in was made. */
  private static void putEnd(ObjectNode json, SecurityEvent.SignInEnded event) {
    json.put("browserSessionId", event.browserSession().toString()).put("reason", event.reason());
    if (!event.method().isEmpty()) {
      json.put("method", event.method());
    }
    if (!event.credential().isEmpty()) {
      json.put("credential", event.credential());
    }
  }

  static String type(Event event) {
    return switch (event) {
      case SessionEvent.Opening e -> "session-opening";
      case SessionEvent.Opened e -> "session-opened";
      case SessionEvent.Warned e -> "session-warned";
      case SessionEvent.Resumed e -> "session-resumed";
      case SessionEvent.Locking e -> "session-locking";
      case SessionEvent.Locked e -> "session-locked";
      case WorkspaceEvent.Created e -> "workspace-created";
      case WorkspaceEvent.KeyGranted e -> "key-granted";
      case WorkspaceEvent.Deleted e -> "workspace-deleted";
      case SecurityEvent.Refused e -> "refused";
      case SecurityEvent.EmergencyStopChanged e -> "emergency-stop-changed";
      case SecurityEvent.MaintenanceChanged e -> "maintenance-changed";
      case SecurityEvent.OthersSeen e -> "others-seen";
      case SecurityEvent.SessionEntered e -> "session-entered";
      case SecurityEvent.AlertRaised e -> "alert-raised";
      case SecurityEvent.AlertClosed e -> "alert-closed";
      case SecurityEvent.SignedIn e -> "signed-in";
      case SecurityEvent.SignInEnded e -> "sign-in-ended";
      case SecurityEvent.AccountChanged e -> "account-changed";
      case SecurityEvent.CredentialChanged e -> "credential-changed";
    };
  }

  static Event read(JsonNode json, UUID id, Instant at) {
    return switch (word(json, "type")) {
      case "session-opening" ->
          new SessionEvent.Opening(
              id, at, session(json), workspace(json), user(json), sequence(json));
      case "session-opened" ->
          new SessionEvent.Opened(
              id, at, session(json), workspace(json), user(json), sequence(json));
      case "session-warned" ->
          new SessionEvent.Warned(
              id,
              at,
              session(json),
              workspace(json),
              user(json),
              sequence(json),
              Instant.parse(word(json, "locksAt")));
      case "session-resumed" ->
          new SessionEvent.Resumed(
              id, at, session(json), workspace(json), user(json), sequence(json));
      case "session-locking" ->
          new SessionEvent.Locking(
              id, at, session(json), workspace(json), user(json), sequence(json));
      case "session-locked" ->
          new SessionEvent.Locked(
              id,
              at,
              session(json),
              workspace(json),
              user(json),
              sequence(json),
              word(json, "reason"),
              byIfAny(json));
      case "workspace-created" ->
          new WorkspaceEvent.Created(id, at, workspace(json), user(json), word(json, "name"));
      case "key-granted" ->
          new WorkspaceEvent.KeyGranted(id, at, workspace(json), user(json), session(json));
      case "workspace-deleted" -> new WorkspaceEvent.Deleted(id, at, workspace(json), user(json));
      case "refused" ->
          new SecurityEvent.Refused(
              id,
              at,
              word(json, "what"),
              word(json, "why"),
              word(json, "subject"),
              asker(json),
              json.has("count") ? number(json, "count") : 1);
      case "emergency-stop-changed" ->
          new SecurityEvent.EmergencyStopChanged(
              id,
              at,
              flag(json, "stopped"),
              json.has("sealing") && flag(json, "sealing"),
              byIfAny(json));
      case "maintenance-changed" ->
          new SecurityEvent.MaintenanceChanged(
              id,
              at,
              Optional.of(wordOrEmpty(json, "locksAt"))
                  .filter(text -> !text.isEmpty())
                  .map(Instant::parse),
              word(json, "notice"),
              byIfAny(json));
      case "others-seen" ->
          new SecurityEvent.OthersSeen(
              id, at, word(json, "what"), word(json, "whose"), by(json), word(json, "credential"));
      case "session-entered" ->
          new SecurityEvent.SessionEntered(
              id,
              at,
              session(json),
              workspace(json),
              by(json),
              browserSession(json),
              word(json, "credential"));
      case "alert-raised" ->
          new SecurityEvent.AlertRaised(
              id, at, alert(json), word(json, "rule"), word(json, "about"));
      case "alert-closed" ->
          new SecurityEvent.AlertClosed(id, at, alert(json), word(json, "rule"), by(json));
      case "signed-in" ->
          new SecurityEvent.SignedIn(
              id,
              at,
              user(json),
              browserSession(json),
              word(json, "method"),
              word(json, "credential"),
              word(json, "address"));
      case "sign-in-ended" ->
          new SecurityEvent.SignInEnded(
              id,
              at,
              user(json),
              browserSession(json),
              word(json, "reason"),
              wordOrEmpty(json, "method"),
              wordOrEmpty(json, "credential"));
      case "account-changed" ->
          new SecurityEvent.AccountChanged(id, at, user(json), by(json), word(json, "what"));
      case "credential-changed" ->
          new SecurityEvent.CredentialChanged(
              id,
              at,
              user(json),
              by(json),
              word(json, "kind"),
              word(json, "credential"),
              word(json, "what"));
      default -> throw new MalformedEvent("unknown type");
    };
  }

  private static SecurityEvent.Asker asker(JsonNode json) {
    return new SecurityEvent.Asker(
        Optional.of(wordOrEmpty(json, "askedBy")).filter(by -> !by.isEmpty()).map(UserId::parse),
        wordOrEmpty(json, "credential"),
        wordOrEmpty(json, "address"));
  }

  private static SessionId session(JsonNode json) {
    return SessionId.parse(word(json, "sessionId"));
  }

  private static WorkspaceId workspace(JsonNode json) {
    return WorkspaceId.parse(word(json, "workspaceId"));
  }

  private static UserId user(JsonNode json) {
    return UserId.parse(word(json, "userId"));
  }

  private static Optional<UserId> byIfAny(JsonNode json) {
    return Optional.of(wordOrEmpty(json, "by")).filter(by -> !by.isEmpty()).map(UserId::parse);
  }

  private static UserId by(JsonNode json) {
    return UserId.parse(word(json, "by"));
  }

  private static UUID alert(JsonNode json) {
    return UUID.fromString(word(json, "alertId"));
  }

  private static UUID browserSession(JsonNode json) {
    return UUID.fromString(word(json, "browserSessionId"));
  }

  private static int sequence(JsonNode json) {
    return number(json, "sequence");
  }

  private static int number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isInt() || value.intValue() < 1) {
      throw new MalformedEvent(name + " is no number from 1");
    }
    return value.intValue();
  }

  /** Of a field that an earlier writer of this version did not know. */
  static String wordOrEmpty(JsonNode json, String name) {
    return json.has(name) ? word(json, name) : "";
  }

  private static boolean flag(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isBoolean()) {
      throw new MalformedEvent(name + " is neither true nor false");
    }
    return value.booleanValue();
  }

  static String word(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedEvent(name + " is missing");
    }
    return value.textValue();
  }
}
