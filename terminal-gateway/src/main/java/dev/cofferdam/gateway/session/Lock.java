// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlFrame;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Ends a session as a whole. The agent is asked first, with a ticket, so that it can end its
 * programs and unmount; the runtime then confirms that the box is gone, or kills it. That last step
 * needs nobody else: a workspace can be locked while every service is away.
 */
@ApplicationScoped
class Lock {
  private static final Logger LOG = Logger.getLogger(Lock.class);

  /** For session-service to sign a ticket; a person waits for the box to go meanwhile. */
  private static final Duration FOR_TICKET = Duration.ofMillis(1500);

  /** For the agent to end its cell and unmount. */
  private static final Duration FOR_AGENT = Duration.ofMillis(700);

  private static final Duration FOR_REPORT = Duration.ofMillis(1500);

  private final Sandboxes sandboxes;
  private final SessionPart sessions;
  private final OpenSessions open;
  private final Reports reports;
  private final Event<SessionEnded> ended;

  /** Boxes that the runtime could not end yet. Nobody else looks after them meanwhile. */
  private final Map<SandboxId, Unfinished> unfinished = new ConcurrentHashMap<>();

  private record Unfinished(OpenSession session, String reason) {}

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lock-", 0).factory());

  Lock(
      Sandboxes sandboxes,
      SessionPart sessions,
      OpenSessions open,
      Reports reports,
      Event<SessionEnded> ended) {
    this.sandboxes = sandboxes;
    this.sessions = sessions;
    this.open = open;
    this.reports = reports;
    this.ended = ended;
  }

  /**
   * For whoever asks for it: its owner, or an owner or admin of the server.
   *
   * @param by who asks
   * @param bearer gives their access token, if there is one to be had
   * @throws ProblemException 503 if the runtime does not answer either; it is asked again then, and
   *     the agent ends by its lease, which nobody renews any more
   */
  SessionAnswer run(OpenSession session, UserId by, Supplier<String> bearer) {
    LOG.infof("%s is locked by %s", session.id(), by);
    Supplier<Optional<String>> ticket = () -> sessions.lock(bearer.get(), session.id());
    return run(session, ticket, reason(session, by));
  }

  /** Said of a session for good, and to its owner: whether it was they who locked it. */
  private static String reason(OpenSession session, UserId by) {
    return session.user().equals(by) ? "user" : "admin";
  }

  /**
   * Because the sign-in has ended that opened it.
   *
   * @throws ProblemException as above
   */
  SessionAnswer run(OpenSession session) {
    return run(session, () -> sessions.lock(session.id()), "signed-out");
  }

  /** Returns when the box is gone. */
  private SessionAnswer run(
      OpenSession session, Supplier<Optional<String>> lockTicket, String reason) {
    if (open.claim(session.id()).isEmpty()) {
      throw new ProblemException(Problem.notFound("session"));
    }
    try {
      within(FOR_TICKET, lockTicket)
          .flatMap(ticket -> ticket)
          .ifPresent(ticket -> askAgent(session, ticket));
      end(session, reason);
    } finally {
      ended.fire(new SessionEnded(session.id(), CloseCode.NOT_ALLOWED));
    }
    return report(session, reason);
  }

  private SessionAnswer report(OpenSession session, String reason) {
    return within(FOR_REPORT, () -> reports.send(session.id(), "locked", reason))
        .flatMap(answer -> answer)
        .orElseGet(() -> notReported(session, reason));
  }

  /**
   * Ends the box of a session that nobody looks after here: it is just being opened, which fails
   * then, or this gateway has just started. There is no time to ask its agent.
   */
  SessionAnswer endUnknown(SessionAnswer answer, UserId by) {
    OpenSession session = OpenSession.withoutBox(answer);
    LOG.infof("%s is locked by %s", session.id(), by);
    String reason = reason(session, by);
    end(session, reason);
    ended.fire(new SessionEnded(session.id(), CloseCode.NOT_ALLOWED));
    return report(session, reason);
  }

  private void end(OpenSession session, String reason) {
    unfinished.put(session.sandbox(), new Unfinished(session, reason));
    sandboxes.end(session.sandbox());
    unfinished.remove(session.sandbox());
    open.release(session.sandbox());
  }

  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void finish() {
    try {
      for (Unfinished left : List.copyOf(unfinished.values())) {
        end(left.session(), left.reason());
        reports.send(left.session().id(), "locked", left.reason());
      }
    } catch (ProblemException e) {
      LOG.debugf("boxes are ended later: %s", e.problem().slug());
    }
  }

  private SessionAnswer notReported(OpenSession session, String reason) {
    reports.later(session.id(), "locked", reason);
    return SessionAnswer.locked(session, reason, Instant.now());
  }

  private static void askAgent(OpenSession session, String ticket) {
    try {
      AgentDoor.order(session.socket(), new ControlFrame.Lock(ticket), FOR_AGENT);
    } catch (IOException e) {
      LOG.infof("the agent of %s did not answer: %s", session.id(), e.getMessage());
    }
  }

  /** Empty if it fails or takes longer; it may still go on then. */
  private <T> Optional<T> within(Duration patience, Supplier<T> work) {
    try {
      return Optional.of(
          CompletableFuture.supplyAsync(work, threads)
              .get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("locking goes on without session-service: %s", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
