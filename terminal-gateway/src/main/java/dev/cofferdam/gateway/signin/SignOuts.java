// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.jboss.logging.Logger;

/**
 * Sign-outs on their way to auth-service. While it is away they wait here, in memory only: whoever
 * signs out is out of this gateway at once, and of the others as soon as auth-service is back.
 */
@ApplicationScoped
class SignOuts {
  private static final Logger LOG = Logger.getLogger(SignOuts.class);

  /** More than have cookies that this gateway knows, of which each can wait here once. */
  static final int MOST = 2_048;

  private final AuthPart auth;
  private final SequencedSet<String> waiting = new LinkedHashSet<>();

  SignOuts(AuthPart auth) {
    this.auth = auth;
  }

  /**
   * @param secret of a cookie
   * @return whether auth-service has heard of it; else it will
   * @throws ProblemException if it has not and too many wait
   */
  boolean send(String secret) {
    try {
      auth.signOut(secret);
      return true;
    } catch (ProblemException e) {
      if (e.problem().status() < 500 || !keep(secret)) {
        throw e;
      }
      return false;
    }
  }

  private boolean keep(String secret) {
    synchronized (waiting) {
      return waiting.size() < MOST && (waiting.add(secret) || waiting.contains(secret));
    }
  }

  /** In turn; one that auth-service refuses for good must not hold up those behind it. */
  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sendWaiting() {
    Optional<String> next = oldest();
    while (next.isPresent() && isDone(next.get())) {
      synchronized (waiting) {
        waiting.remove(next.get());
      }
      next = oldest();
    }
  }

  private boolean isDone(String secret) {
    try {
      auth.signOut(secret);
      return true;
    } catch (ProblemException e) {
      boolean isRefused = e.problem().status() < 500;
      if (isRefused) {
        LOG.warnf("a sign-out was refused: %s", e.problem().slug());
      }
      return isRefused;
    }
  }

  private Optional<String> oldest() {
    synchronized (waiting) {
      return waiting.stream().findFirst();
    }
  }
}
