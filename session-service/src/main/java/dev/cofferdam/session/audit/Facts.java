// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Fact.What;
import dev.cofferdam.ledger.Fact.Who;
import dev.cofferdam.ledger.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What of an event is remembered. Each kind is named as the event's type is. */
final class Facts {
  private static final String SESSION = "session";
  private static final String WORKSPACE = "workspace";
  private static final String SECURITY = "security";
  private static final String AUDIT = "audit";

  private Facts() {}

  /**
   * @param opened with what a session was opened, for its events
   */
  static Fact of(Envelope envelope, OpenedWith opened) {
    Actor actor = envelope.actor();
    return switch (envelope.event()) {
      case SessionEvent e -> ofSession(e, actor, opened);
      case WorkspaceEvent e -> ofWorkspace(e, actor);
      case SecurityEvent.Refused e -> ofRefused(e);
      case SecurityEvent.EmergencyStopChanged e ->
          Fact.of(
              e.id(),
              e.at(),
              e.by().map(by -> who(by, actor)).orElse(Who.NOBODY),
              What.cleaned(
                  SECURITY, "emergency-stop-changed", "", "", e.stopped() ? "stopped" : "lifted"),
              Outcome.ALLOWED,
              e.sealing() ? "sealing-asked-for" : "");
      case SecurityEvent.MaintenanceChanged e ->
          Fact.of(
              e.id(),
              e.at(),
              e.by().map(by -> who(by, actor)).orElse(Who.NOBODY),
              What.cleaned(
                  SECURITY,
                  "maintenance-changed",
                  "",
                  "",
                  e.locksAt().map(at -> "locks at " + at + " ").orElse("") + e.notice()),
              Outcome.ALLOWED,
              e.locksAt().isPresent() ? "planned" : "over");
      case SecurityEvent.OthersSeen e ->
          Fact.of(
              e.id(),
              e.at(),
              Who.cleaned(e.by().toString(), e.credential(), actor.address()),
              What.cleaned(SECURITY, "others-seen", "", e.whose(), e.what()),
              Outcome.ALLOWED,
              "");
      case SecurityEvent.SessionEntered e ->
          Fact.of(
              e.id(),
              e.at(),
              Who.cleaned(e.by().toString(), e.credential(), actor.address()),
              What.cleaned(
                  SESSION,
                  "session-entered",
                  e.workspace().toString(),
                  e.session().toString(),
                  OpenedWith.words(e.browserSession())),
              Outcome.ALLOWED,
              "");
      case SecurityEvent.OfAlert e -> ofAlert(e, actor);
      case SecurityEvent.OfPerson e -> ofPerson(e, actor);
    };
  }

  /** Who it says did it; with what and from where, if it was their own request. */
  private static Who who(UserId by, Actor actor) {
    boolean theirs = actor.user().filter(user -> !user.equals(by)).isEmpty();
    return theirs ? Who.cleaned(by.toString(), actor.credential(), actor.address()) : Who.of(by);
  }

  /** The detail is what was refused, and how often if more than once. */
  private static Fact ofRefused(SecurityEvent.Refused e) {
    String asker = e.asker().user().map(Object::toString).orElse("");
    return Fact.of(
        e.id(),
        e.at(),
        Who.cleaned(asker, e.asker().credential(), e.asker().address()),
        What.cleaned(
            SECURITY, "refused", "", e.subject(), new RefusedDetail(e.what(), e.count()).text()),
        Outcome.REFUSED,
        e.why());
  }

  private static Fact ofSession(SessionEvent event, Actor actor, OpenedWith opened) {
    String kind =
        switch (event) {
          case SessionEvent.Opening e -> "session-opening";
          case SessionEvent.Opened e -> "session-opened";
          case SessionEvent.Warned e -> "session-warned";
          case SessionEvent.Resumed e -> "session-resumed";
          case SessionEvent.Locking e -> "session-locking";
          case SessionEvent.Locked e -> "session-locked";
        };
    Who who = who(event, actor, opened);
    String workspace = event.workspace().toString();
    String detail = who.equals(Who.NOBODY) ? opened.whole(event.user()) : opened.signInWords();
    return Fact.of(
        event.id(),
        event.at(),
        who,
        What.cleaned(SESSION, kind, workspace, event.session().toString(), detail),
        Outcome.ALLOWED,
        event instanceof SessionEvent.Locked locked ? locked.reason() : "");
  }

  /** Whoever asked for it. What goes on in a session is its opener's, but for an end by itself. */
  private static Who who(SessionEvent event, Actor actor, OpenedWith opened) {
    Optional<UserId> asking = actor.user();
    boolean isBlank = actor.credential().isEmpty() && actor.address().isEmpty();
    if (asking.isPresent() && !(isBlank && asking.get().equals(event.user()))) {
      return who(asking.get(), actor);
    }
    Optional<UserId> locker =
        event instanceof SessionEvent.Locked locked ? locked.by().or(() -> asking) : asking;
    if (locker.filter(by -> !by.equals(event.user())).isPresent()) {
      return Who.of(locker.orElseThrow());
    }
    return switch (event) {
      case SessionEvent.Warned e when locker.isEmpty() -> Who.NOBODY;
      case SessionEvent.Locking e when locker.isEmpty() -> Who.NOBODY;
      case SessionEvent.Locked e when locker.isEmpty() -> Who.NOBODY;
      default -> Who.cleaned(event.user().toString(), opened.credential(), opened.address());
    };
  }

  private static Fact ofWorkspace(WorkspaceEvent event, Actor actor) {
    String workspace = event.workspace().toString();
    What what =
        switch (event) {
          case WorkspaceEvent.Created e ->
              What.cleaned(WORKSPACE, "workspace-created", workspace, workspace, e.name());
          case WorkspaceEvent.KeyGranted e ->
              What.cleaned(WORKSPACE, "key-granted", workspace, e.session().toString(), "");
          case WorkspaceEvent.Deleted e ->
              What.cleaned(WORKSPACE, "workspace-deleted", workspace, workspace, "");
        };
    return Fact.of(event.id(), event.at(), who(event.user(), actor), what, Outcome.ALLOWED, "");
  }

  private static Fact ofAlert(SecurityEvent.OfAlert event, Actor actor) {
    String alert = event.alert().toString();
    return switch (event) {
      case SecurityEvent.AlertRaised e ->
          Fact.of(
              e.id(),
              e.at(),
              Who.NOBODY,
              What.cleaned(SECURITY, "alert-raised", "", alert, e.about()),
              Outcome.ALLOWED,
              e.rule());
      case SecurityEvent.AlertClosed e ->
          Fact.of(
              e.id(),
              e.at(),
              who(e.by(), actor),
              What.cleaned(SECURITY, "alert-closed", "", alert, ""),
              Outcome.ALLOWED,
              e.rule());
    };
  }

  private static Fact ofPerson(SecurityEvent.OfPerson event, Actor actor) {
    return switch (event) {
      case SecurityEvent.SignedIn e ->
          Fact.of(
              e.id(),
              e.at(),
              Who.cleaned(e.user().toString(), e.credential(), e.address()),
              What.cleaned(SECURITY, "signed-in", "", e.browserSession().toString(), e.method()),
              Outcome.ALLOWED,
              "");
      case SecurityEvent.SignInEnded e ->
          Fact.of(
              e.id(),
              e.at(),
              ender(e, actor),
              What.cleaned(
                  SECURITY, "sign-in-ended", "", e.browserSession().toString(), "of " + e.user()),
              Outcome.ALLOWED,
              e.reason());
      case SecurityEvent.AccountChanged e ->
          Fact.of(
              e.id(),
              e.at(),
              who(e.by(), actor),
              What.cleaned(SECURITY, "account-changed", "", e.user().toString(), e.what()),
              Outcome.ALLOWED,
              "");
      case SecurityEvent.CredentialChanged e ->
          Fact.of(
              e.id(),
              e.at(),
              who(e.by(), actor),
              What.cleaned(
                  SECURITY,
                  "credential-changed",
                  "",
                  e.user().toString(),
                  e.what() + " " + e.kind() + " " + e.credential()),
              Outcome.ALLOWED,
              "");
    };
  }

  /**
   * Without a token it was the sign-in itself: somebody's own cookie, or nobody whose address would
   * say anything.
   */
  private static Who ender(SecurityEvent.SignInEnded event, Actor actor) {
    if (actor.user().isPresent()) {
      return who(actor.user().get(), actor);
    }
    String from = event.reason().equals("signed-out") ? actor.address() : "";
    return Who.cleaned(event.user().toString(), event.credential(), from);
  }

  /** Somebody took the whole ledger with them. */
  static Fact exported(Instant at, Who who, String format) {
    return Fact.of(
        UUID.randomUUID(),
        at,
        who,
        What.cleaned(AUDIT, "audit-exported", "", "", format),
        Outcome.ALLOWED,
        "");
  }
}
