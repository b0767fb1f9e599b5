// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.gateway.limit.SignInLimits;
import dev.cofferdam.problems.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks auth-service whose a credential is, which costs a question to the database for each that is
 * made up. So a network whose credentials were no good too often waits, but not who is known to
 * have a good one: nobody is kept out by a neighbour. Who was signed in elsewhere and comes to this
 * gateway for the first time waits with them, for as long as that goes on.
 */
@Singleton
class Lookups {
  /** At some 100 bytes each. Beyond it who is here least is a stranger again. */
  static final int MOST = 10_000;

  private static final Duration REMEMBERED = Duration.ofHours(12);

  private final SignInLimits limits;
  private final Cache<BrowserKey, Boolean> good =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(REMEMBERED).build();

  Lookups(SignInLimits limits) {
    this.limits = limits;
  }

  /** Was made just now, by auth-service itself. */
  void isGood(BrowserKey key) {
    good.put(key, true);
  }

  /**
   * @param question answers with a problem of status 401 for what is no good
   * @throws ProblemException 429 if it has to wait, and what the question throws
   */
  <T> T look(BrowserKey key, AuthPart.Place from, Supplier<T> question) {
    if (good.getIfPresent(key) == null) {
      limits.requireLookup(from.address());
    }
    try {
      T answer = question.get();
      isGood(key);
      return answer;
    } catch (ProblemException e) {
      if (e.problem().status() == 401) {
        good.invalidate(key);
        limits.failedLookup(from.address());
      }
      throw e;
    }
  }
}
