// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.identity.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What hangs on sessions at providers, ended with them. */
@ApplicationScoped
class EndedSessions {
  /** Longer than a token is accepted after it was made. */
  private static final Duration REMEMBERED = ProviderTokens.OLDEST.multipliedBy(3);

  private static final String REASON = "provider-signed-out";

  private final SignIns signIns;
  private final Locks locks;
  private final EntityManager database;
  private final InstantSource clock = InstantSource.system();

  EndedSessions(SignIns signIns, Locks locks, EntityManager database) {
    this.signIns = signIns;
    this.locks = locks;
    this.database = database;
  }

  /**
   * @return false if this token was obeyed before
   */
  @Transactional
  boolean end(String issuer, OidcPlace.Logout logout) {
    locks.person(issuer, logout.subject(), logout.session());
    if (!remember(issuer, logout)) {
      return false;
    }
    for (ProviderSession session : hanging(issuer, logout)) {
      signIns.end(session.browserSessionId, new UserId(session.accountId), REASON);
    }
    return true;
  }

  private static List<ProviderSession> hanging(String issuer, OidcPlace.Logout logout) {
    @Nullable String subject = logout.subject().orElse(null);
    @Nullable String sid = logout.session().orElse(null);
    if (sid == null) {
      return ProviderSession.list("issuer = ?1 and subject = ?2", issuer, subject);
    }
    return subject == null
        ? ProviderSession.list("issuer = ?1 and sid = ?2", issuer, sid)
        : ProviderSession.list("issuer = ?1 and sid = ?2 and subject = ?3", issuer, sid, subject);
  }

  /** In one statement, so that of two of the same one is refused. */
  private boolean remember(String issuer, OidcPlace.Logout logout) {
    Instant now = clock.instant();
    ProviderLogout.delete("expiresAt <= ?1", now);
    return database
            .createNativeQuery(
                "insert into provider_logout (issuer, jti, sid, subject, issued_at, expires_at)"
                    + " values (?1, ?2, cast(?3 as text), cast(?4 as text), ?5, ?6)"
                    + " on conflict do nothing")
            .setParameter(1, issuer)
            .setParameter(2, logout.id())
            .setParameter(3, logout.session().orElse(null))
            .setParameter(4, logout.subject().orElse(null))
            .setParameter(5, logout.issuedAt())
            .setParameter(6, now.plus(REMEMBERED))
            .executeUpdate()
        == 1;
  }
}
