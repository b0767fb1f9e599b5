// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jboss.logging.Logger;

/**
 * Sign-outs on their way to auth-service. While it is away they wait here, in memory only: whoever
 * signs out is out of this gateway at once, and of the others as soon as auth-service is back.
 */
@ApplicationScoped
class SignOuts {
  private static final Logger LOG = Logger.getLogger(SignOuts.class);

  /**
   * Of cookies that nobody is known to have had: anybody makes those up. The others are no more
   * than this gateway knew when auth-service went away.
   */
  static final int MOST_UNKNOWN = 1_024;

  private final AuthPart auth;
  private final SequencedMap<String, Boolean> waiting = new LinkedHashMap<>();

  SignOuts(AuthPart auth) {
    this.auth = auth;
  }

  /**
   * @param secret of a cookie
   * @param isKnown whether this gateway knows whose it is
   * @return whether auth-service has heard of it; else it will
   * @throws ProblemException if it has not and too many wait
   */
  boolean send(String secret, boolean isKnown) {
    try {
      auth.signOut(secret);
      return true;
    } catch (ProblemException e) {
      if (e.problem().status() < 500 || !keep(secret, isKnown)) {
        throw e;
      }
      return false;
    }
  }

  private boolean keep(String secret, boolean isKnown) {
    synchronized (waiting) {
      if (isKnown || waiting.containsKey(secret) || unknown() < MOST_UNKNOWN) {
        waiting.putIfAbsent(secret, isKnown);
        return true;
      }
      return false;
    }
  }

  private long unknown() {
    return waiting.values().stream().filter(isKnown -> !isKnown).count();
  }

  /** Whether it was signed out here and auth-service has yet to hear of it. */
  boolean isWaiting(String secret) {
    synchronized (waiting) {
      return waiting.containsKey(secret);
    }
  }

  /**
   * In turn, those of people who are known first; one that auth-service refuses for good must not
   * hold up those behind it.
   */
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
      return waiting.entrySet().stream()
          .filter(Map.Entry::getValue)
          .findFirst()
          .or(() -> waiting.entrySet().stream().findFirst())
          .map(Map.Entry::getKey);
    }
  }
}
