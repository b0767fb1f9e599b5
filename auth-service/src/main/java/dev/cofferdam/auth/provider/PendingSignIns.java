// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.share.Shares;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** What has gone to a provider and may come back: once, within ten minutes, to the same browser. */
@ApplicationScoped
class PendingSignIns {
  static final Duration LIFE = Duration.ofMinutes(10);

  /** Anybody can begin one, so each network has a share of them; a hundred bytes each. */
  static final int MOST = 10_000;

  static final int MOST_OF_NETWORK = 256;
  static final int MOST_OF_SITE = 1024;
  private static final Shares SHARES =
      new Shares("provider_sign_in", MOST_OF_NETWORK, MOST_OF_SITE, MOST);

  private final DataSource database;
  private final InstantSource clock = InstantSource.system();

  PendingSignIns(DataSource database) {
    this.database = database;
  }

  /**
   * @throws ProblemException 429 if as many wait for this network as it may have
   */
  @Transactional
  void add(Provider provider, String browserSecret, String state, Asker asker) {
    Instant now = clock.instant();
    if (!hasRoom(asker, now)) {
      throw new ProblemException(
          Problem.of("busy", 429, "Too many are signing in", "Try again in some minutes."));
    }
    ProviderSignIn pending = new ProviderSignIn();
    pending.stateHash = Handshake.sha256(state);
    pending.browserHash = Handshake.sha256(browserSecret);
    pending.provider = provider.id();
    pending.expiresAt = now.plus(LIFE);
    pending.asker = asker.network();
    pending.askerSite = asker.site();
    pending.persist();
  }

  private boolean hasRoom(Asker asker, Instant now) {
    try (Connection connection = database.getConnection()) {
      return SHARES.makeRoom(connection, asker, now);
    } catch (SQLException e) {
      throw new IllegalStateException("sign-ins could not be counted", e);
    }
  }

  /** Gone before anything is checked, whoever shows it: of two who try at once one is too late. */
  @Transactional
  Outcome take(Provider provider, String browserSecret, String state) {
    byte[] hash = Handshake.sha256(state);
    Optional<ProviderSignIn> found = ProviderSignIn.findByIdOptional(hash);
    if (found.isEmpty() || ProviderSignIn.delete("stateHash", hash) == 0) {
      return Outcome.UNKNOWN_STATE;
    }
    ProviderSignIn pending = found.get();
    if (!pending.expiresAt.isAfter(clock.instant())) {
      return Outcome.EXPIRED;
    }
    if (!pending.provider.equals(provider.id())) {
      return Outcome.OTHER_PROVIDER;
    }
    return MessageDigest.isEqual(pending.browserHash, Handshake.sha256(browserSecret))
        ? Outcome.TAKEN
        : Outcome.OTHER_BROWSER;
  }

  /** For our record only: whoever asks learns the same of each. */
  enum Outcome {
    TAKEN,
    UNKNOWN_STATE,
    EXPIRED,
    OTHER_PROVIDER,
    OTHER_BROWSER;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
