// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits of signing in, per network and per account. At an account each network has limits of its
 * own, so that nobody can keep its person out from elsewhere; its failures there are auth-service's
 * to count, for all gateways together. Who signs in takes back at most {@value
 * #FORGIVEN_IN_AN_HOUR} failures of their network in an hour: nobody guesses at others' accounts
 * for nothing by having one. At most {@value #MOST} of each are remembered, for an hour after the
 * last try.
 */
@ApplicationScoped
public class SignInLimits {
  static final int MOST = 50_000;

  static final int FORGIVEN_IN_AN_HOUR = 5;

  static final Refusal TOO_MANY = Refusal.of("sign-in-refused", "too-many-tries");
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final TimeMeter clock;
  private final int inAMinute;
  private final int freeFailures;
  private final Cache<String, Tries> networks;
  private final Cache<String, Tries> journeys;
  private final Cache<String, Tries> accounts;
  private final Cache<String, Bucket> forgiving;
  private final Mistakes lookups;

  @Inject
  SignInLimits(SignInConfig config) {
    this(TimeMeter.SYSTEM_NANOTIME, config.triesInAMinute(), config.freeFailures());
  }

  SignInLimits(TimeMeter clock, int inAMinute, int freeFailures) {
    this.clock = clock;
    this.inAMinute = inAMinute;
    this.freeFailures = freeFailures;
    networks = remembering();
    journeys = remembering();
    accounts = remembering();
    forgiving = remembering();
    lookups = new Mistakes(clock, inAMinute);
  }

  private <T> Cache<String, T> remembering() {
    return Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterAccess(REMEMBERED)
        .ticker(clock::currentTimeNanos)
        .build();
  }

  /** Why a try from there has to wait; empty if it may go on, and then it counts. */
  Optional<Problem> begin(String address) {
    return refusal(of(networks, ClientAddress.network(address)).begin());
  }

  /** The same where nothing can be guessed: to a provider and back, and with a refresh token. */
  Optional<Problem> beginJourney(String address) {
    return refusal(of(journeys, ClientAddress.network(address)).begin());
  }

  /**
   * Before auth-service is asked whose a cookie, an API key or an access token is.
   *
   * @throws ProblemException 429 with the seconds to wait, where too many were nobody's
   */
  public void requireLookup(String address) {
    require(refusal(lookups.left(address)), address);
  }

  public void failedLookup(String address) {
    lookups.add(address);
  }

  void failed(String address) {
    of(networks, ClientAddress.network(address)).failed();
  }

  /**
   * Somebody has signed in.
   *
   * @param user the id of their account
   */
  public void succeeded(String user, String address) {
    Tries network = of(networks, ClientAddress.network(address));
    // One after the other for each account: what is left is taken by nobody else meanwhile.
    forgiving
        .asMap()
        .compute(
            pair(user, address),
            (key, known) -> {
              Bucket left = known == null ? forgivenInAnHour() : known;
              int forgiven = network.forgive((int) left.getAvailableTokens());
              if (forgiven > 0) {
                left.consumeIgnoringRateLimits(forgiven);
              }
              return left;
            });
  }

  /** As an hour without a try does. */
  void forget(String address) {
    networks.invalidate(ClientAddress.network(address));
    lookups.forget(address);
  }

  private Bucket forgivenInAnHour() {
    return Bucket.builder()
        .withCustomTimePrecision(clock)
        .addLimit(
            Bandwidth.builder()
                .capacity(FORGIVEN_IN_AN_HOUR)
                .refillGreedy(FORGIVEN_IN_AN_HOUR, Duration.ofHours(1))
                .build())
        .build();
  }

  /**
   * Before somebody tries to sign in as somebody.
   *
   * @param account a name or a fingerprint, whether there is one or not
   * @throws ProblemException 429 with the seconds to wait
   */
  public void requireTry(String account, String address) {
    require(refusal(at(account, address).begin()), address);
  }

  private static void require(Optional<Problem> refusal, String address) {
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get(), TOO_MANY.from(address, ""));
    }
  }

  boolean remembersAccount(String account, String address) {
    return accounts.asMap().containsKey(pair(account, address));
  }

  private static String pair(String account, String address) {
    return ClientAddress.network(address) + " " + account.toLowerCase(Locale.ROOT);
  }

  private Tries at(String account, String address) {
    return of(accounts, pair(account, address));
  }

  private Tries of(Cache<String, Tries> all, String key) {
    return all.get(key, k -> new Tries(clock, inAMinute, freeFailures));
  }

  private static Optional<Problem> refusal(Duration wait) {
    if (wait.isZero()) {
      return Optional.empty();
    }
    int seconds = Math.max(1, (int) Math.min(wait.plusMillis(999).toSeconds(), 3600));
    return Optional.of(Problem.tooManyTries(seconds));
  }
}
