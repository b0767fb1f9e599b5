// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.limit.PresentAddress;
import dev.cofferdam.gateway.sandbox.AgentDoor;
import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final int MOST_REMEMBERED = 256;

  private final Sandboxes sandboxes;
  private final SessionPart sessions;
  private final OpenSessions open;
  private final Reports reports;
  private final PresentAddress client;
  private final Event<SessionEnded> ended;

  /** Boxes that the runtime could not end yet. Nobody else looks after them meanwhile. */
  private final Map<SandboxId, Unfinished> unfinished = new ConcurrentHashMap<>();

  private record Unfinished(OpenSession session, Ending ending) {}

  /** Boxes that were ended here, the last {@value #MOST_REMEMBERED}. */
  private final Set<SandboxId> endedHere =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SandboxId, Boolean> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lock-", 0).factory());

  Lock(
      Sandboxes sandboxes,
      SessionPart sessions,
      OpenSessions open,
      Reports reports,
      PresentAddress client,
      Event<SessionEnded> ended) {
    this.client = client;
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
  SessionAnswer run(OpenSession session, Locker by, Supplier<String> bearer) {
    LOG.infof("%s is locked by %s", session.id(), by.user());
    Supplier<Optional<String>> ticket =
        client.carriedInto(() -> sessions.lock(bearer.get(), session.id()));
    return run(session, ticket, Ending.by(by, session));
  }

  /**
   * Because the sign-in has ended that opened it.
   *
   * @param reason auth-service's word for why it ended
   * @throws ProblemException as above
   */
  SessionAnswer run(OpenSession session, String reason) {
    Ending ending = Ending.of(reason);
    return run(session, () -> sessions.lock(session.id(), ending), ending);
  }

  /**
   * Because session-service says so. It knows the reason, and keeps its own.
   *
   * @throws ProblemException as above
   */
  SessionAnswer runEnded(OpenSession session) {
    Ending ending = Ending.of("ended");
    return run(session, () -> sessions.lock(session.id(), ending), ending);
  }

  /** Returns when the box is gone. */
  private SessionAnswer run(
      OpenSession session, Supplier<Optional<String>> lockTicket, Ending ending) {
    if (open.claim(session.id()).isEmpty()) {
      throw new ProblemException(Problem.notFound("session"));
    }
    CloseCode code = CloseCode.NOT_ALLOWED;
    try {
      within(FOR_TICKET, lockTicket)
          .flatMap(ticket -> ticket)
          .ifPresent(ticket -> askAgent(session, ticket));
      end(session, ending);
      code = CloseCode.LOCKED;
    } finally {
      ended.fire(new SessionEnded(session.id(), code));
    }
    return report(session, ending);
  }

  private SessionAnswer report(OpenSession session, Ending ending) {
    return within(FOR_REPORT, () -> reports.sendLocked(session.id(), ending))
        .flatMap(answer -> answer)
        .orElseGet(() -> notReported(session, ending));
  }

  /**
   * Ends the box of a session that nobody looks after here: it is just being opened, which fails
   * then, or this gateway has just started. There is no time to ask its agent, but session-service
   * is told first: whoever opens it elsewhere then finds who has ended it and why.
   */
  SessionAnswer endUnknown(SessionAnswer answer, Locker by, Supplier<String> bearer) {
    OpenSession session = OpenSession.withoutBox(answer);
    LOG.infof("%s is locked by %s", session.id(), by.user());
    Ending ending = Ending.by(by, session);
    within(FOR_TICKET, client.carriedInto(() -> sessions.lock(bearer.get(), session.id())));
    end(session, ending);
    ended.fire(new SessionEnded(session.id(), CloseCode.LOCKED));
    return report(session, ending);
  }

  /**
   * Whether the box was or is ended here, which is then what is told of its session: an opening
   * that fails for it has nothing to add.
   */
  boolean hasEnded(SandboxId sandbox) {
    synchronized (endedHere) {
      return endedHere.contains(sandbox);
    }
  }

  private void end(OpenSession session, Ending ending) {
    synchronized (endedHere) {
      endedHere.add(session.sandbox());
    }
    unfinished.put(session.sandbox(), new Unfinished(session, ending));
    sandboxes.end(session.sandbox());
    unfinished.remove(session.sandbox());
    open.release(session.sandbox());
  }

  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void finish() {
    List.copyOf(unfinished.values()).forEach(this::finish);
  }

  private void finish(Unfinished left) {
    OpenSession session = left.session();
    // Another gateway may still look after it: once it is locking, nobody renews its lease.
    within(FOR_TICKET, () -> sessions.lock(session.id(), left.ending()));
    try {
      end(session, left.ending());
      reports.sendLocked(session.id(), left.ending());
    } catch (ProblemException e) {
      LOG.debugf("the box of %s is ended later: %s", session.id(), e.problem().slug());
    }
  }

  private SessionAnswer notReported(OpenSession session, Ending ending) {
    reports.laterLocked(session.id(), ending);
    return SessionAnswer.locked(session, ending.reason(), Instant.now());
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
