// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits of signing in, per network and per account. At an account they count for networks from
 * which it was never signed in to, so that nobody can lock its person out from elsewhere. At most
 * {@value #MOST} of each are remembered, for an hour after the last try.
 */
@ApplicationScoped
public class SignInLimits {
  static final int MOST = 50_000;
  static final Refusal TOO_MANY = Refusal.of("sign-in-refused", "too-many-tries");
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration KNOWN = Duration.ofDays(30);

  private final TimeMeter clock;
  private final int inAMinute;
  private final int freeFailures;
  private final Cache<String, Tries> networks;
  private final Cache<String, Tries> journeys;
  private final Cache<String, Tries> accounts;
  private final Cache<String, Boolean> known;

  @Inject
  SignInLimits(
      @ConfigProperty(name = "coffer.sign-in.tries-in-a-minute", defaultValue = "120")
          int inAMinute,
      @ConfigProperty(name = "coffer.sign-in.free-failures", defaultValue = "20")
          int freeFailures) {
    this(TimeMeter.SYSTEM_NANOTIME, inAMinute, freeFailures);
  }

  SignInLimits(TimeMeter clock, int inAMinute, int freeFailures) {
    this.clock = clock;
    this.inAMinute = inAMinute;
    this.freeFailures = freeFailures;
    networks = remembering(REMEMBERED);
    journeys = remembering(REMEMBERED);
    accounts = remembering(REMEMBERED);
    known = remembering(KNOWN);
  }

  private <V> Cache<String, V> remembering(Duration life) {
    return Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterAccess(life)
        .ticker(clock::currentTimeNanos)
        .build();
  }

  /** Why a try from there has to wait; empty if it may go on, and then it counts. */
  Optional<Problem> begin(String address) {
    return refusal(of(networks, ClientAddress.network(address)).begin());
  }

  /** The same for going to a provider and coming back, where nothing can be guessed. */
  Optional<Problem> beginJourney(String address) {
    return refusal(of(journeys, ClientAddress.network(address)).begin());
  }

  void ended(String address, boolean failed) {
    Tries tries = of(networks, ClientAddress.network(address));
    if (failed) {
      tries.failed();
    } else {
      tries.succeeded();
    }
  }

  /**
   * Before somebody tries to sign in as somebody.
   *
   * @param account a name or a fingerprint, whether there is one or not
   * @throws ProblemException 429 with the seconds to wait
   */
  public void requireTry(String account, String address) {
    String name = account.toLowerCase(Locale.ROOT);
    if (known.getIfPresent(pair(name, address)) != null) {
      return;
    }
    refusal(of(accounts, name).begin())
        .ifPresent(
            problem -> {
              throw new RefusedException(problem, TOO_MANY.from(address, ""));
            });
  }

  /** After it: of an account that was signed in to, this network is known from now on. */
  public void tried(String account, String address, boolean failed) {
    String name = account.toLowerCase(Locale.ROOT);
    if (failed) {
      of(accounts, name).failed();
    } else {
      known.put(pair(name, address), true);
    }
  }

  private Tries of(Cache<String, Tries> all, String key) {
    return all.get(key, k -> new Tries(clock, inAMinute, freeFailures));
  }

  private static String pair(String account, String address) {
    return ClientAddress.network(address) + " " + account;
  }

  private static Optional<Problem> refusal(Duration wait) {
    if (wait.isZero()) {
      return Optional.empty();
    }
    int seconds = Math.max(1, (int) Math.min(wait.plusMillis(999).toSeconds(), 3600));
    return Optional.of(Problem.tooManyTries(seconds));
  }
}
