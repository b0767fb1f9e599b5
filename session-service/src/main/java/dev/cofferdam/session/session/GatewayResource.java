// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.events.Actor;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.RequestActor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.ticket.Tickets;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What the gateway reports of sandboxes; it has no user then. */
@Path("/internal/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class GatewayResource {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,39}");
  private static final int MOST_SANDBOXES = 64;
  private static final int LONGEST_WARNING_SECONDS = 300;
  private static final int LONGEST_CREDENTIAL = 300;

  private final Sessions sessions;
  private final Tickets tickets;
  private final RequestActor actors;

  GatewayResource(Sessions sessions, Tickets tickets, RequestActor actors) {
    this.sessions = sessions;
    this.actors = actors;
    this.tickets = tickets;
  }

  public record OpenedReport(boolean initialised) {}

  public record WarnedReport(int secondsLeft) {}

  /**
   * @param by the person who locked it, where it was a person
   * @param credential what they are signed in with, at most {@value #LONGEST_CREDENTIAL} characters
   */
  public record EndReport(
      @Nullable String reason, @Nullable String by, @Nullable String credential) {}

  public record AdoptRequest(@Nullable List<String> sandboxIds) {}

  public record AdoptAnswer(List<SessionAnswer> sessions) {}

  /**
   * @param runningSandboxIds all that run
   * @param openedBefore when they were listed: a session opened later may have a later sandbox
   */
  public record LostRequest(
      @Nullable List<String> runningSandboxIds, @Nullable String openedBefore) {}

  public record LostAnswer(List<SessionAnswer> ended) {}

  @POST
  @Path("/{id}/opened")
  public SessionAnswer opened(@RestPath String id, @Nullable OpenedReport report) {
    return SessionAnswer.of(sessions.opened(SessionResource.known(id)));
  }

  @POST
  @Path("/{id}/failed")
  public SessionAnswer failed(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.failed(SessionResource.known(id), reason(report)));
  }

  /** Nobody has done anything in it for a while. */
  @POST
  @Path("/{id}/warned")
  public SessionAnswer warned(@RestPath String id, @Nullable WarnedReport report) {
    int left = RequestBody.require(report).secondsLeft();
    if (left < 0 || left > LONGEST_WARNING_SECONDS) {
      throw new ProblemException(Problem.badField("secondsLeft", "0 to 300"));
    }
    return SessionAnswer.of(sessions.warned(SessionResource.known(id), Duration.ofSeconds(left)));
  }

  /** Somebody has done something in time. */
  @POST
  @Path("/{id}/resumed")
  @Consumes(MediaType.WILDCARD)
  public SessionAnswer resumed(@RestPath String id) {
    return SessionAnswer.of(sessions.resumed(SessionResource.known(id)));
  }

  @POST
  @Path("/{id}/locked")
  public SessionAnswer locked(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.locked(SessionResource.known(id), reason(report), by(report)));
  }

  @POST
  @Path("/{id}/ended")
  public SessionAnswer ended(@RestPath String id, @Nullable EndReport report) {
    return SessionAnswer.of(sessions.locked(SessionResource.known(id), reason(report)));
  }

  /**
   * A ticket to lock what nobody has a token for: its sign-in has ended, or the person who locked
   * it has been answered long ago. A reason that is known already stays.
   */
  @POST
  @Path("/{id}/lock")
  public SessionResource.LockAnswer lock(@RestPath String id, @Nullable EndReport report) {
    EndReport given = RequestBody.require(report);
    String reason = given.reason() == null ? "ended" : word(given.reason());
    Session session = sessions.locking(SessionResource.known(id), reason, by(report));
    return SessionResource.LockAnswer.of(session, tickets);
  }

  /** Which of these sandboxes belong to open sessions; the others should be ended. */
  @POST
  @Path("/adopt")
  public AdoptAnswer adopt(@Nullable AdoptRequest request) {
    List<SandboxId> ids = ids("sandboxIds", RequestBody.require(request).sandboxIds());
    return new AdoptAnswer(sessions.listIn(ids).stream().map(SessionAnswer::of).toList());
  }

  /** Ends the sessions of sandboxes that are gone without anybody having seen them go. */
  @POST
  @Path("/lost")
  public LostAnswer lost(@Nullable LostRequest request) {
    LostRequest given = RequestBody.require(request);
    List<SandboxId> running = ids("runningSandboxIds", given.runningSandboxIds());
    return new LostAnswer(
        sessions.listLost(running, instant(given.openedBefore())).stream()
            .map(id -> SessionAnswer.of(sessions.locked(id, "sandbox-gone")))
            .toList());
  }

  private static List<SandboxId> ids(String field, @Nullable List<String> given) {
    List<String> texts = given == null ? List.of() : given;
    if (texts.size() > MOST_SANDBOXES) {
      throw new ProblemException(Problem.badField(field, "at most 64"));
    }
    return texts.stream().map(s -> SessionResource.id(field, s, SandboxId::parse)).toList();
  }

  private static Instant instant(@Nullable String text) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(Problem.badField("openedBefore", "an instant (RFC 3339)"), e);
    }
  }

  /** From where they asked the gateway says beside it, as with all that it is asked for. */
  private Actor by(@Nullable EndReport report) {
    EndReport given = RequestBody.require(report);
    if (given.by() == null) {
      return Actor.NOBODY;
    }
    UserId by = SessionResource.id("by", given.by(), UserId::parse);
    return new Actor(Optional.of(by), credential(given.credential()), actors.now().address());
  }

  private static String credential(@Nullable String given) {
    String credential = given == null ? "" : given;
    if (credential.length() > LONGEST_CREDENTIAL
        || credential.codePoints().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          Problem.badField("credential", "at most 300 characters, none of them a control one"));
    }
    return credential;
  }

  private static String reason(@Nullable EndReport report) {
    return word(RequestBody.require(report).reason());
  }

  private static String word(@Nullable String reason) {
    if (reason == null || !WORD.matcher(reason).matches()) {
      throw new ProblemException(Problem.badField("reason", "a word of a-z and -"));
    }
    return reason;
  }
}
