// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.events.Actor;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.outbox.RequestActor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.emergency.EmergencyStop;
import dev.cofferdam.session.maintenance.Maintenance;
import dev.cofferdam.session.ticket.SessionConfig;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/** Every change of a session, each with its event in the same transaction. */
@ApplicationScoped
public class Sessions {
  private static final Logger LOG = Logger.getLogger(Sessions.class);

  /** Reasons of a failed opening that somebody has to answer for. */
  private static final Set<String> ALARMING =
      Set.of("token-spent", "token-foreign", "wrong-key", "ticket-refused");

  private static final int MOST_LISTED = 1000;

  private static final int MOST_AT_ONCE = 100;

  /** Another replica's are passed over, so that each is locked once. */
  private static final String OVERDUE =
      """
      select * from session where state in ('OPENING', 'ACTIVE', 'WARNED') and ends_at <= :now
      order by ends_at limit :most for update skip locked
      """;

  private final Outbox outbox;
  private final RequestActor actors;
  private final InstantSource clock;
  private final SessionConfig config;
  private final EmergencyStop stop;
  private final Maintenance maintenance;
  private final Openings openings;

  Sessions(
      Outbox outbox,
      RequestActor actors,
      InstantSource clock,
      SessionConfig config,
      EmergencyStop stop,
      Maintenance maintenance,
      Openings openings) {
    this.openings = openings;
    this.stop = stop;
    this.maintenance = maintenance;
    this.config = config;
    this.outbox = outbox;
    this.actors = actors;
    this.clock = clock;
  }

  /**
   * Before a key is asked for, which no other opening of this account's does meanwhile. It ends
   * with {@link #open} or {@link #notOpened}.
   *
   * @throws ProblemException {@code session-opening} if this account is opening the workspace
   */
  @Transactional
  public void begin(SessionId id, Opener opener, WorkspaceId workspace, SandboxId sandbox) {
    openings.begin(id, workspace, opener.user());
    stop.requireNone();
    maintenance.requireNone();
    requireNotOpen(opener.user(), workspace, sandbox);
    requireFewer(opener);
  }

  private static void requireNotOpen(UserId user, WorkspaceId workspace, SandboxId sandbox) {
    List<Session> open =
        Session.list(
            "sandboxId = ?1 or workspaceId = ?2 and userId = ?3 and state <> ?4",
            uuid(sandbox),
            uuid(workspace),
            uuid(user),
            State.LOCKED);
    boolean isOpening =
        open.stream()
            .anyMatch(
                s ->
                    s.state == State.OPENING
                        && s.user().equals(user)
                        && s.workspace().equals(workspace));
    if (!open.isEmpty()) {
      throw isOpening ? new ProblemException(Openings.isOpening()) : alreadyOpen();
    }
  }

  /** The opening has failed; where that can't be written down it is over by itself. */
  public void notOpened(SessionId id) {
    try {
      openings.end(id);
    } catch (RuntimeException e) {
      LOG.warnf("that %s does not open is not written down: %s", id, e.getMessage());
    }
  }

  /** Of two that one user opens at the same time the second waits for the first. */
  private static void requireFewer(Opener opener) {
    Session.getEntityManager()
        .createNativeQuery("select 1 from pg_advisory_xact_lock(?1)")
        .setParameter(1, opener.user().value().getMostSignificantBits())
        .getSingleResult();
    if (Session.count("userId = ?1 and state <> ?2", uuid(opener.user()), State.LOCKED)
        >= opener.openSessions()) {
      throw new ProblemException(
          Problem.of(
              "too-many-sessions",
              409,
              "You have as many workspaces open as you may",
              "Lock one first, or ask an owner or admin of this server for more."));
    }
  }

  /** For a user whose workspace it is. */
  @Transactional
  public Session open(SessionId id, Opener opener, WorkspaceId workspace, SandboxId sandbox) {
    // Before the lock that requireFewer takes: whoever has that may wait for this.
    openings.end(id);
    stop.requireNone();
    maintenance.requireNone();
    requireFewer(opener);
    Session session = new Session();
    session.id = uuid(id);
    session.workspaceId = uuid(workspace);
    session.userId = uuid(opener.user());
    session.sandboxId = uuid(sandbox);
    session.signInId = opener.signIn();
    session.method = opener.method();
    session.credential = opener.credential();
    session.address = opener.address();
    session.quotaBytes = opener.quotaBytes();
    session.enter(new Phase.Opening());
    session.sequence = 1;
    session.openedAt = clock.instant();
    session.renewedAt = session.openedAt;
    session.endsAt = session.openedAt.plusSeconds(config.longestSeconds());
    try {
      session.persistAndFlush();
    } catch (ConstraintViolationException e) {
      // The index that allows one open session a workspace: somebody was quicker.
      throw alreadyOpen();
    }
    tell(session, session.phase());
    return session;
  }

  private static ProblemException alreadyOpen() {
    return new ProblemException(
        Problem.of(
            "session-already-open",
            409,
            "The workspace is open already",
            "Reload the page to see it."));
  }

  /** The user's own open sessions. */
  @Transactional
  public List<Session> listOpen(UserId user) {
    return Session.list(
        "userId = ?1 and state <> ?2", Sort.by("openedAt"), uuid(user), State.LOCKED);
  }

  /** Of everybody, at most a thousand: a server has fewer boxes than that. */
  @Transactional
  public List<Session> listOpen() {
    return Session.<Session>find("state <> ?1", Sort.by("openedAt"), State.LOCKED)
        .page(0, MOST_LISTED)
        .list();
  }

  /** Whoever it belongs to: the caller decides whether it may be seen. */
  @Transactional
  public Optional<Session> find(SessionId id) {
    return Session.findByIdOptional(uuid(id));
  }

  /** Open sessions in these sandboxes. */
  @Transactional
  public List<Session> listIn(Collection<SandboxId> sandboxes) {
    return Session.list(
        "sandboxId in ?1 and state <> ?2",
        sandboxes.stream().map(Sessions::uuid).toList(),
        State.LOCKED);
  }

  @Transactional
  public Session opened(SessionId id) {
    return change(id, Phase::opened);
  }

  /** Repeating it changes nothing: the first time stays. */
  @Transactional
  public Session warned(SessionId id, Duration left) {
    Instant locksAt = clock.instant().plus(left).truncatedTo(ChronoUnit.MILLIS);
    return change(id, phase -> phase.warned(locksAt));
  }

  /** Only of one that was warned. */
  @Transactional
  public Session resumed(SessionId id) {
    return change(id, Phase::resumed);
  }

  /**
   * By a person, or by nobody in particular. Repeating it changes nothing.
   *
   * @param reason a stable word, which stays whoever reports the end
   */
  @Transactional
  public Session locking(SessionId id, String reason, Actor by) {
    return change(id, phase -> phase.locking(new End(reason, by)));
  }

  /** The same by the person whose request it is. */
  @Transactional
  public Session lockingAsAsked(SessionId id, String reason) {
    return locking(id, reason, actors.now());
  }

  /** Locks those that have been open for as long as one may be; how many that were, at most 100. */
  @Transactional
  public int lockOverdue() {
    List<?> overdue =
        Session.getEntityManager()
            .createNativeQuery(OVERDUE, Session.class)
            .setParameter("now", clock.instant())
            .setParameter("most", MOST_AT_ONCE)
            .getResultList();
    for (Object row : overdue) {
      locking(((Session) row).sessionId(), "longest");
    }
    return overdue.size();
  }

  /**
   * Ends all that are open, as the one asks whose request it is, or nobody; how many those were.
   * Read under their locks: as they are now.
   */
  @Transactional
  public int lockAll(String reason) {
    List<Session> all =
        Session.<Session>find(
                "state in ?1", Sort.by("id"), List.of(State.OPENING, State.ACTIVE, State.WARNED))
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .list();
    all.forEach(session -> lockingAsAsked(session.sessionId(), reason));
    return all.size();
  }

  /** With the reason for it, which stays; whoever holds its sandbox hears of it. */
  @Transactional
  public Session locking(SessionId id, String reason) {
    return locking(id, reason, Actor.NOBODY);
  }

  /** Repeating it changes nothing: the first reason stays. */
  @Transactional
  public Session locked(SessionId id, String reason) {
    return locked(id, reason, Actor.NOBODY);
  }

  /** The same; whoever locked it is told of in the event. */
  @Transactional
  public Session locked(SessionId id, String reason, Actor by) {
    return change(id, phase -> phase.locked(new End(reason, by), clock.instant()));
  }

  /**
   * The opening failed, with the agent's or sandbox-host's word for why. Whoever got no answer says
   * so again: that is no second alarm.
   */
  @Transactional
  public Session failed(SessionId id, String reason) {
    Session session = requireForChange(id);
    boolean isRepeated = session.state == State.LOCKED && reason.equals(session.reason);
    locked(id, reason);
    if (ALARMING.contains(reason) && !isRepeated) {
      outbox.add(
          new SecurityEvent.Refused(
              UUID.randomUUID(), clock.instant(), "key-refused", reason, session.id.toString()));
    }
    return session;
  }

  /**
   * Counts the lease from now; empty if the session is over. One that nobody renewed for too long
   * is, whether or not the sweep has seen it: a machine that wakes up asks before that.
   */
  @Transactional
  public Optional<Session> renew(SessionId id, SandboxId sandbox) {
    Instant now = clock.instant();
    int renewed =
        Session.update(
            "renewedAt = ?1 where id = ?2 and sandboxId = ?3 and state <> ?4 and renewedAt >= ?5",
            now,
            uuid(id),
            uuid(sandbox),
            State.LOCKED,
            now.minusSeconds(config.forgottenSeconds()));
    return renewed == 0 ? Optional.empty() : Session.findByIdOptional(uuid(id));
  }

  /** Ids of sessions that nobody has renewed since then. */
  @Transactional
  public List<SessionId> listForgotten(Instant since) {
    return Session.<Session>list("state <> ?1 and renewedAt < ?2", State.LOCKED, since).stream()
        .map(Session::sessionId)
        .toList();
  }

  /** Locks it if still nobody has renewed it since then. */
  @Transactional
  public void lockForgotten(SessionId id, Instant since) {
    Session session = Session.findById(uuid(id), LockModeType.PESSIMISTIC_WRITE);
    if (session != null && session.renewedAt.isBefore(since)) {
      locked(id, "lease-lost");
    }
  }

  /** Ids of open sessions from before that time whose sandbox is none of these. */
  @Transactional
  public List<SessionId> listLost(Collection<SandboxId> running, Instant openedBefore) {
    return Session.<Session>list("state <> ?1 and openedAt < ?2", State.LOCKED, openedBefore)
        .stream()
        .filter(session -> !running.contains(session.sandbox()))
        .map(Session::sessionId)
        .toList();
  }

  private Session change(SessionId id, UnaryOperator<Phase> step) {
    Session session = requireForChange(id);
    Phase before = session.phase();
    Phase next = step.apply(before);
    if (!next.equals(before)) {
      session.enter(next);
      session.sequence++;
      tell(session, before);
    }
    return session;
  }

  /** Nobody else changes it until the end of the transaction. */
  private static Session requireForChange(SessionId id) {
    Session session = Session.findById(uuid(id), LockModeType.PESSIMISTIC_WRITE);
    if (session == null) {
      throw new ProblemException(Problem.notFound("session"));
    }
    return session;
  }

  private void tell(Session session, Phase before) {
    SessionEvent event = StateEvents.of(session, before, clock.instant());
    switch (session.phase()) {
      case Phase.Opening p -> outbox.add(event, session.openedBy());
      case Phase.Locked locked -> outbox.add(event, locked.end().by());
      default -> outbox.add(event);
    }
  }

  private static UUID uuid(Object id) {
    return UUID.fromString(id.toString());
  }
}
