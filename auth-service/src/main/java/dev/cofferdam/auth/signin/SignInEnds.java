// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.outbox.Outbox;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How sign-ins end before their time. What has expired ended by itself and is not told of again.
 * Call inside a transaction.
 */
@ApplicationScoped
class SignInEnds {
  /** So that all of one account end in one transaction, whoever has signed in how often. */
  static final int MOST_OF_ONE_ACCOUNT = 500;

  static final String TOO_MANY = "too-many-sign-ins";

  private static final int FEW = 100;
  private static final String HOLDS = "endedAt is null and expiresAt > ?1";

  /**
   * Locked in one order everywhere, so that two who end the same ones don't wait for each other.
   */
  private static final String END =
      """
      with held as (
        select id from browser_session where id in (:ids) and ended_at is null
          order by id for update)
      update browser_session s set ended_at = :now, ended_reason = :reason
        from held where s.id = held.id returning s.id
      """;

  private final Outbox outbox;

  SignInEnds(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Those that hold and of which this is true; its parameters are numbered from 2. */
  static List<BrowserSession> held(String which, Object... parameters) {
    Object[] all =
        Stream.concat(Stream.of(Instant.now()), Stream.of(parameters)).toArray(Object[]::new);
    return BrowserSession.list(HOLDS + " and " + which, all);
  }

  /** Some of everybody's that hold, however many there are. */
  static List<BrowserSession> some(int most) {
    return BrowserSession.<BrowserSession>find(HOLDS, Sort.by("id"), Instant.now())
        .page(0, most)
        .list();
  }

  /** Of two who end the same one, one finds that it was: one event. */
  int end(List<BrowserSession> sessions, String reason) {
    if (sessions.isEmpty()) {
      return 0;
    }
    Instant now = Instant.now();
    List<?> ended =
        BrowserSession.getEntityManager()
            .createNativeQuery(END, UUID.class)
            .setParameter("ids", sessions.stream().map(BrowserSession::id).toList())
            .setParameter("now", now)
            .setParameter("reason", reason)
            .getResultList();
    Set<Object> told = new HashSet<>(ended);
    sessions.stream()
        .filter(session -> told.contains(session.id))
        .forEach(session -> outbox.add(session.ended(reason, now)));
    return told.size();
  }

  /**
   * Ends those beyond {@value #MOST_OF_ONE_ACCOUNT} that were not seen for longest. Who signs in at
   * the same moment may be one more.
   */
  void makeRoom(Account account) {
    Sort seen = Sort.descending("lastSeenAt", "id");
    end(
        BrowserSession.<BrowserSession>find(
                HOLDS + " and accountId = ?2", seen, Instant.now(), account.id)
            .range(MOST_OF_ONE_ACCOUNT, MOST_OF_ONE_ACCOUNT + FEW)
            .list(),
        TOO_MANY);
  }
}
