// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.expiry;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Forgets sessions that were locked long ago, with the places of their events, and how far keys
 * were heard of which nobody told for long. What happened in them is in the ledger; the broker
 * keeps events for a week, so none of theirs comes again.
 */
@ApplicationScoped
class Forgetting {
  private static final Logger LOG = Logger.getLogger(Forgetting.class);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MOST_AT_ONCE = 1000;

  private static final String SESSIONS =
      "delete from session where id in (select id from session where state = 'LOCKED'"
          + " and locked_at < :before order by locked_at limit :most for update skip locked)"
          + " returning id";
  private static final String PLACES = "delete from recorded_sequence where session_id in (:ids)";

  /** Longer than a teller counts a key of which it tells nothing, and than the broker keeps it. */
  private static final String KEYS =
      "delete from heard_sequence where (teller, topic, key, chain) in (select teller, topic, key, chain from"
          + " heard_sequence where heard_at < :before order by heard_at limit :most"
          + " for update skip locked)";

  private static final Duration KEYS_KEPT = Duration.ofDays(60);

  private final EntityManager database;
  private final InstantSource clock;

  Forgetting(EntityManager database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    try {
      Instant before = clock.instant().minus(KEPT);
      int forgotten = MOST_AT_ONCE;
      while (forgotten == MOST_AT_ONCE) {
        forgotten = QuarkusTransaction.requiringNew().call(() -> forget(before));
      }
      forgetKeys(clock.instant().minus(KEYS_KEPT));
    } catch (RuntimeException e) {
      LOG.warnf("old sessions are forgotten later: %s", e.getMessage());
    }
  }

  private void forgetKeys(Instant before) {
    int forgotten = MOST_AT_ONCE;
    while (forgotten == MOST_AT_ONCE) {
      forgotten =
          QuarkusTransaction.requiringNew()
              .call(
                  () ->
                      database
                          .createNativeQuery(KEYS)
                          .setParameter("before", before)
                          .setParameter("most", MOST_AT_ONCE)
                          .executeUpdate());
    }
  }

  /** How many, at most so many as one transaction takes. */
  private int forget(Instant before) {
    List<?> ids =
        database
            .createNativeQuery(SESSIONS)
            .setParameter("before", before)
            .setParameter("most", MOST_AT_ONCE)
            .getResultList();
    if (!ids.isEmpty()) {
      database.createNativeQuery(PLACES).setParameter("ids", ids).executeUpdate();
    }
    return ids.size();
  }
}
