// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Signed-in browsers and their access tokens. auth-service decides; what it said is kept until
 * shortly before the token expires, so that a revocation elsewhere is seen within a token's life.
 * Blocks.
 */
@ApplicationScoped
public class Browsers {
  private static final Logger LOG = Logger.getLogger(Browsers.class);
  private static final long WORD_MILLIS = 300;

  /** Things are told of one person a few times a day, so the second answer is good. */
  private static final int MOST_QUESTIONS = 4;

  private final AuthPart auth;
  private final SignOuts signOuts;
  private final Event<BrowserEnded> ended;
  private final KnownBrowsers known = new KnownBrowsers();
  private final SharedAnswers<Question, Answer> asking = new SharedAnswers<>(Browsers::isRefusal);

  Browsers(AuthPart auth, SignOuts signOuts, Event<BrowserEnded> ended) {
    this.auth = auth;
    this.signOuts = signOuts;
    this.ended = ended;
  }

  /**
   * Whose cookie this is.
   *
   * @throws ProblemException 401 for a cookie that is not known or no longer
   */
  Browser require(Presented presented, AuthPart.Place from) {
    BrowserKey key = presented.key();
    Optional<Browser> verified = known.verified(key, Instant.now());
    return verified.orElseGet(() -> ask(presented, Audience.SESSION, from).browser());
  }

  /** A bearer token in the name of whose cookie this is. */
  String token(Presented presented, Audience audience, AuthPart.Place from) {
    Optional<String> cached = known.token(presented.key(), audience, Instant.now());
    return cached.orElseGet(() -> ask(presented, audience, from).bearer());
  }

  /**
   * Whose cookie this was when auth-service last answered: enough to lock, and for nothing else.
   */
  Optional<Browser> remembered(Presented presented) {
    return known.remembered(presented.key(), Instant.now());
  }

  /** What they are signed in with, as a token of theirs says; empty if none is known. */
  String credential(Presented presented) {
    return known.anyToken(presented.key(), Instant.now()).map(CredentialClaim::in).orElse("");
  }

  /** auth-service counts each request that it refuses, so each has to be refused by it. */
  private static boolean isRefusal(RuntimeException e) {
    return e instanceof ProblemException problem && problem.problem().status() == 401;
  }

  private record Question(BrowserKey key, Audience audience) {}

  private record Answer(Browser browser, String bearer) {}

  /** Its end may have been told while it waited for what another request asked. */
  private Answer ask(Presented presented, Audience audience, AuthPart.Place from) {
    Answer answer =
        asking.get(
            new Question(presented.key(), audience), () -> askAuth(presented, audience, from));
    if (known.isOver(answer.browser())) {
      throw signedOut(presented);
    }
    return answer;
  }

  /** What was told while auth-service was asked may not be in its answer: it is asked again. */
  private Answer askAuth(Presented presented, Audience audience, AuthPart.Place from) {
    for (int i = 0; i < MOST_QUESTIONS; i++) {
      if (isSignedOut(presented)) {
        throw signedOut(presented);
      }
      long asked = known.changesSoFar();
      AuthPart.Token token = askOnce(presented, audience, from);
      Browser browser = browser(presented.key(), token);
      switch (known.remember(browser, audience, token, asked)) {
        case YES -> {
          return new Answer(browser, token.bearer());
        }
        case OVER -> throw signedOut(presented);
        case STALE -> LOG.debugf("asked again for %s", browser.key());
      }
    }
    throw new ProblemException(Problem.unavailable("auth-service"));
  }

  private boolean isSignedOut(Presented presented) {
    return known.isSignedOut(presented.key())
        || presented instanceof Presented.CookieSecret && signOuts.isWaiting(presented.text());
  }

  private AuthPart.Token askOnce(Presented presented, Audience audience, AuthPart.Place from) {
    try {
      return auth.token(presented, audience, from);
    } catch (ProblemException e) {
      if (e.problem().status() == 401) {
        refused(presented);
      }
      throw e;
    }
  }

  private static Browser browser(BrowserKey key, AuthPart.Token token) {
    Instant until =
        token.signInExpiresAt().orElseGet(() -> Instant.now().plus(Duration.ofHours(12)));
    return new Browser(
        key, token.signIn(), token.user(), token.userName(), token.role(), token.scopes(), until);
  }

  private static ProblemException signedOut(Presented presented) {
    String what =
        switch (presented) {
          case Presented.CookieSecret c -> "cookie-refused";
          case Presented.ApiKey k -> "api-key-refused";
          case Presented.AccessToken t -> "access-token-refused";
        };
    return new RefusedException(Problem.signedOut(), Refusal.of(what, "sign-in-over"));
  }

  /**
   * Here at once, then at auth-service.
   *
   * @return whether that has heard of it; else it will when it is back
   */
  boolean signOut(String secret) {
    BrowserKey key = BrowserKey.of(secret);
    boolean isKnown = known.remembered(key, Instant.now()).isPresent();
    end(key, signIn -> BrowserEnded.SIGNED_OUT, known::signOut);
    return signOuts.send(secret, isKnown);
  }

  /**
   * A key is refused also while its account is switched off, and good again afterwards. An access
   * token is refused after some minutes, which says nothing of its sign-in. A cookie that was
   * refused is over.
   */
  private void refused(Presented presented) {
    switch (presented) {
      case Presented.ApiKey k -> end(k.key(), this::reason, known::forget);
      case Presented.CookieSecret c -> end(c.key(), this::reason, known::signOut);
      case Presented.AccessToken t -> known.forget(t.key());
    }
  }

  /** A refusal does not say it. Whoever does not answer soon is not waited for: a lock is due. */
  private String reason(UUID signIn) {
    FutureTask<Map<UUID, String>> asked = new FutureTask<>(() -> auth.over(List.of(signIn)));
    Thread.ofVirtual().name("why-over").start(asked);
    try {
      return asked.get(WORD_MILLIS, TimeUnit.MILLISECONDS).getOrDefault(signIn, BrowserEnded.OVER);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("nobody says why %s is over: %s", signIn, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return BrowserEnded.OVER;
  }

  private void end(BrowserKey key, Function<UUID, String> reason, Consumer<BrowserKey> forget) {
    Optional<UUID> signIn = known.remembered(key, Instant.now()).map(Browser::signIn);
    forget.accept(key);
    // One that was never known here has nothing that could end, and anybody can show such.
    signIn.ifPresent(
        id -> {
          ended.fire(new BrowserEnded.Shown(key));
          ended.fire(new BrowserEnded.SignIn(id, reason.apply(id)));
        });
  }

  /**
   * Told by auth-service: this browser's session is over, wherever it was ended.
   *
   * @param reason its word for why
   */
  public void endedElsewhere(UUID signIn, String reason) {
    known.signOut(signIn);
    ended.fire(new BrowserEnded.SignIn(signIn, reason));
  }

  /**
   * auth-service was asked and said that it does not hold: what is open for it ends. Whether it
   * holds again, as a key does whose account is switched on again, auth-service is asked whenever
   * it is shown.
   *
   * @param reason its word for why
   */
  public void holdsNoLonger(UUID signIn, String reason) {
    known.forget(signIn);
    ended.fire(new BrowserEnded.SignIn(signIn, reason));
  }

  /** Whether it was signed out, here or elsewhere, as far as is known. Does not block. */
  public boolean isOver(Browser browser) {
    return known.isOver(browser);
  }

  /** What this person is called, if they were here lately. */
  public Optional<String> nameOf(UserId user) {
    return known.nameOf(user);
  }

  /**
   * What a person may has changed: their tokens say it no longer, and what is open may be less.
   *
   * @param what auth-service's word for it
   */
  void changed(UserId user, String what) {
    forgetTokensOf(user);
    ended.fire(new BrowserEnded.Everywhere(user, what));
  }

  /** What their tokens say of a person is no longer so. */
  void forgetTokensOf(UserId user) {
    asking.forget();
    known.forgetTokensOf(user);
  }
}
