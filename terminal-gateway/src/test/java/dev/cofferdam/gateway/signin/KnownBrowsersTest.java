// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownBrowsersTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final KnownBrowsers known = new KnownBrowsers();

  private static Browser browser(int number) {
    return browser(number, UserId.random());
  }

  private static Browser browser(int number, UserId user) {
    return new Browser(
        BrowserKey.of("cookie-" + number),
        UUID.randomUUID(),
        user,
        "owner",
        Role.OWNER,
        Optional.empty(),
        NOW.plus(Duration.ofHours(12)));
  }

  private KnownBrowsers.Kept remember(Browser browser, Audience audience, Duration life) {
    return remember(browser, audience, life, known.changesSoFar());
  }

  private KnownBrowsers.Kept remember(
      Browser browser, Audience audience, Duration life, long asked) {
    return known.remember(
        browser,
        audience,
        new AuthPart.Token(
            "bearer-" + audience,
            NOW.plus(life),
            browser.signIn(),
            browser.user(),
            "owner",
            Role.OWNER,
            Optional.empty(),
            Optional.empty()),
        asked);
  }

  @Test
  void giveATokenUntilShortlyBeforeItExpires() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    Instant late = NOW.plus(Duration.ofMinutes(5)).minus(KnownBrowsers.RESERVE);
    assertThat(known.token(browser.key(), Audience.SESSION, late.minusMillis(1)))
        .contains("bearer-SESSION");
    assertThat(known.token(browser.key(), Audience.SESSION, late)).isEmpty();
    assertThat(known.verified(browser.key(), late)).isEmpty();
    assertThat(known.remembered(browser.key(), late)).contains(browser);
  }

  @Test
  void keepTokensOfServicesApart() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    assertThat(known.token(browser.key(), Audience.WORKSPACE, NOW)).isEmpty();
    remember(browser, Audience.WORKSPACE, Duration.ofMinutes(5));
    assertThat(known.token(browser.key(), Audience.WORKSPACE, NOW)).contains("bearer-WORKSPACE");
    assertThat(known.token(browser.key(), Audience.SESSION, NOW)).contains("bearer-SESSION");
  }

  @Test
  void knowNobodyBeyondTheEndOfHisSession() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofHours(24));
    Instant end = browser.expiresAt();
    assertThat(known.remembered(browser.key(), end.minusMillis(1))).isPresent();
    assertThat(known.remembered(browser.key(), end)).isEmpty();
    assertThat(known.token(browser.key(), Audience.SESSION, end)).isEmpty();
  }

  @Test
  void forgetWhoSignedOutAndDoNotLearnHimAgain() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    known.signOut(browser.key());
    assertThat(known.remembered(browser.key(), NOW)).isEmpty();
    assertThat(remember(browser, Audience.SESSION, Duration.ofMinutes(5)))
        .isEqualTo(KnownBrowsers.Kept.OVER);
    assertThat(known.token(browser.key(), Audience.SESSION, NOW)).isEmpty();
  }

  @Test
  void areNoMoreThanTheirBound() {
    Browser first = browser(0);
    remember(first, Audience.SESSION, Duration.ofMinutes(5));
    Browser second = browser(1);
    remember(second, Audience.SESSION, Duration.ofMinutes(5));
    for (int i = 2; i <= KnownBrowsers.MOST; i++) {
      known.verified(first.key(), NOW);
      remember(browser(i), Audience.SESSION, Duration.ofMinutes(5));
    }
    assertThat(known.remembered(first.key(), NOW)).as("used all the time").isPresent();
    assertThat(known.remembered(second.key(), NOW)).as("least recently used").isEmpty();
  }

  @Test
  void whoSignsInOftenHasTheirOwnForgottenAndNobodyElses() {
    Browser other = browser(0);
    remember(other, Audience.SESSION, Duration.ofMinutes(5));
    UserId often = UserId.random();
    for (int i = 1; i <= KnownBrowsers.MOST; i++) {
      remember(browser(i, often), Audience.SESSION, Duration.ofMinutes(5));
    }
    assertThat(known.remembered(other.key(), NOW)).contains(other);
    int oldest = KnownBrowsers.MOST - KnownBrowsers.MOST_OF_ONE_USER + 1;
    assertThat(known.remembered(BrowserKey.of("cookie-" + oldest), NOW)).isPresent();
    assertThat(known.remembered(BrowserKey.of("cookie-" + (oldest - 1)), NOW)).isEmpty();
  }

  @Test
  void areForgottenWhenTheirSessionIsEndedElsewhere() {
    Browser browser = browser(1);
    Browser other = browser(2);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    remember(other, Audience.SESSION, Duration.ofMinutes(5));
    known.signOut(browser.signIn());
    assertThat(known.verified(browser.key(), NOW)).isEmpty();
    assertThat(remember(browser, Audience.SESSION, Duration.ofMinutes(5)))
        .as("an answer that was on its way")
        .isEqualTo(KnownBrowsers.Kept.OVER);
    assertThat(known.verified(other.key(), NOW)).isPresent();
  }

  @Test
  void askAgainWhenAPersonsRightsChanged() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    known.forgetTokensOf(UserId.random());
    assertThat(known.verified(browser.key(), NOW)).isPresent();
    known.forgetTokensOf(browser.user());
    assertThat(known.verified(browser.key(), NOW)).isEmpty();
    assertThat(known.token(browser.key(), Audience.SESSION, NOW)).isEmpty();
  }

  @Test
  void keepNoAnswerFromBeforeSomethingWasTold() {
    Browser browser = browser(1);
    for (Runnable told :
        List.<Runnable>of(
            () -> known.forgetTokensOf(browser.user()),
            () -> known.forget(browser.signIn()),
            () -> known.forget(browser.key()))) {
      long asked = known.changesSoFar();
      told.run();
      assertThat(remember(browser, Audience.SESSION, Duration.ofMinutes(5), asked))
          .isEqualTo(KnownBrowsers.Kept.STALE);
      assertThat(known.token(browser.key(), Audience.SESSION, NOW)).isEmpty();
    }
    assertThat(remember(browser, Audience.SESSION, Duration.ofMinutes(5)))
        .isEqualTo(KnownBrowsers.Kept.YES);
  }

  @Test
  void learnAgainWhatWasForgottenForNow() {
    Browser browser = browser(1);
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    known.forget(browser.key());
    known.forget(browser.signIn());
    assertThat(known.verified(browser.key(), NOW)).isEmpty();
    remember(browser, Audience.SESSION, Duration.ofMinutes(5));
    assertThat(known.verified(browser.key(), NOW)).contains(browser);
    assertThat(known.isOver(browser)).isFalse();
  }

  @Test
  void areNotPrinted() {
    assertThat(BrowserKey.of("cookie").toString()).hasSizeLessThan(24);
    AuthPart.Token token =
        new AuthPart.Token(
            "bearer",
            NOW,
            UUID.randomUUID(),
            UserId.random(),
            "owner",
            Role.OWNER,
            Optional.empty(),
            Optional.empty());
    assertThat(token.toString()).doesNotContain("bearer");
  }
}
