// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is remembered of browsers, the least recently used forgotten first: of one account those of
 * its own, so that nobody has others forgotten by signing in often. Who is forgotten is asked for
 * again, and can't lock while auth-service is away. Thread-safe.
 */
final class KnownBrowsers {
  static final int MOST = 1024;
  static final int MOST_OF_ONE_USER = MOST / 8;

  /** A token is not used for its last seconds: it still has to arrive. */
  static final Duration RESERVE = Duration.ofSeconds(20);

  private final Map<BrowserKey, Entry> entries = bounded();
  private final Map<BrowserKey, Boolean> signedOut = bounded();
  private final Map<UUID, Boolean> endedElsewhere = bounded();
  private final Changes changes = new Changes();

  /** What became of an answer of auth-service. */
  enum Kept {
    YES,
    /** The sign-in ended while it was asked, for good. */
    OVER,
    /** It may say how things were before something that was told meanwhile: ask again. */
    STALE
  }

  private record Entry(Browser browser, Map<Audience, AuthPart.Token> tokens) {}

  synchronized Optional<Browser> remembered(BrowserKey key, Instant now) {
    return entry(key, now).map(Entry::browser);
  }

  synchronized Optional<Browser> verified(BrowserKey key, Instant now) {
    return entry(key, now)
        .filter(e -> e.tokens().values().stream().anyMatch(token -> isFresh(token, now)))
        .map(Entry::browser);
  }

  synchronized Optional<String> token(BrowserKey key, Audience audience, Instant now) {
    return entry(key, now)
        .flatMap(e -> Optional.ofNullable(e.tokens().get(audience)))
        .filter(token -> isFresh(token, now))
        .map(AuthPart.Token::bearer);
  }

  /** Of whatever age and for whatever service: for what it says, not to be shown to anybody. */
  synchronized Optional<String> anyToken(BrowserKey key, Instant now) {
    return entry(key, now)
        .flatMap(e -> e.tokens().values().stream().findFirst())
        .map(AuthPart.Token::bearer);
  }

  private Optional<Entry> entry(BrowserKey key, Instant now) {
    return Optional.ofNullable(entries.get(key)).filter(e -> e.browser().expiresAt().isAfter(now));
  }

  private static boolean isFresh(AuthPart.Token token, Instant now) {
    return token.expiresAt().minus(RESERVE).isAfter(now);
  }

  /** To be kept before auth-service is asked. */
  synchronized long changesSoFar() {
    return changes.soFar();
  }

  /**
   * @param asked {@link #changesSoFar} from before auth-service was asked
   */
  synchronized Kept remember(Browser browser, Audience audience, AuthPart.Token token, long asked) {
    if (isOver(browser)) {
      return Kept.OVER;
    }
    if (changes.since(asked, List.of(browser.key(), browser.signIn(), browser.user()))) {
      return Kept.STALE;
    }
    Entry before = entries.get(browser.key());
    Map<Audience, AuthPart.Token> tokens =
        before == null ? new EnumMap<>(Audience.class) : before.tokens();
    tokens.put(audience, token);
    entries.put(browser.key(), new Entry(browser, tokens));
    if (before == null) {
      forgetOneTooMany(browser.user());
    }
    return Kept.YES;
  }

  /** In the order of their use. */
  private void forgetOneTooMany(UserId user) {
    List<BrowserKey> ofUser =
        entries.values().stream()
            .map(Entry::browser)
            .filter(browser -> browser.user().equals(user))
            .map(Browser::key)
            .toList();
    if (ofUser.size() > MOST_OF_ONE_USER) {
      entries.remove(ofUser.getFirst());
    }
  }

  /** For good. */
  synchronized void signOut(BrowserKey key) {
    entries.remove(key);
    signedOut.put(key, true);
  }

  /** The same for what auth-service names so. */
  synchronized void signOut(UUID signIn) {
    endedElsewhere.put(signIn, true);
    forget(signIn);
  }

  /** For now: what it stands for may hold again one day, as auth-service says then. */
  synchronized void forget(BrowserKey key) {
    changes.of(key);
    entries.remove(key);
  }

  /** The same for what auth-service names so. */
  synchronized void forget(UUID signIn) {
    changes.of(signIn);
    entries.values().removeIf(entry -> entry.browser().signIn().equals(signIn));
  }

  synchronized void forgetTokensOf(UserId user) {
    changes.of(user);
    entries.values().stream()
        .filter(entry -> entry.browser().user().equals(user))
        .forEach(entry -> entry.tokens().clear());
  }

  synchronized Optional<String> nameOf(UserId user) {
    return entries.values().stream()
        .map(Entry::browser)
        .filter(browser -> browser.user().equals(user))
        .map(Browser::name)
        .findFirst();
  }

  synchronized boolean isOver(Browser browser) {
    return isSignedOut(browser.key()) || endedElsewhere.containsKey(browser.signIn());
  }

  synchronized boolean isSignedOut(BrowserKey key) {
    return signedOut.containsKey(key);
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
