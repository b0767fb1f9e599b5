// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What the webhook still has to be told, in the database. At most {@value #MOST_WAITING} wait; one
 * is tried {@value #MOST_ATTEMPTS} times in about nine hours, each time four times as long after
 * the time before, at most two hours.
 */
@ApplicationScoped
class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);
  static final int MOST_WAITING = 1000;
  static final int MOST_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

  /** For whoever takes one to tell of it; after that another replica may. */
  private static final Duration TAKEN_FOR = Duration.ofSeconds(60);

  private static final String ADD =
      "insert into alert_delivery (alert_id, message, due_at) select :id, :message, :now"
          + " where (select count(*) from alert_delivery where due_at is not null) < :most"
          + " on conflict (alert_id) do update set message = excluded.message,"
          + " due_at = excluded.due_at, attempts = 0, delivered_at = null, failure = ''";
  private static final String TAKE =
      "update alert_delivery set due_at = :until, attempts = attempts + 1 where alert_id in"
          + " (select alert_id from alert_delivery where due_at <= :now order by due_at limit :most"
          + " for update skip locked) returning alert_id, message, attempts";

  private final EntityManager database;
  private final InstantSource clock;
  private final boolean wanted;

  Deliveries(EntityManager database, InstantSource clock, AlertConfig config) {
    this.database = database;
    this.clock = clock;
    wanted = Webhook.of(config).isPresent();
  }

  /**
   * One that is ours for a while.
   *
   * @param message what the receiver knows it by, the same at each try
   * @param attempt which try this is, from 1
   */
  record Due(UUID alert, UUID message, int attempt) {}

  @Transactional(Transactional.TxType.MANDATORY)
  public void add(UUID alert) {
    if (!wanted) {
      return;
    }
    int added =
        database
            .createNativeQuery(ADD)
            .setParameter("id", alert)
            .setParameter("message", UUID.randomUUID())
            .setParameter("now", clock.instant())
            .setParameter("most", MOST_WAITING)
            .executeUpdate();
    if (added == 0) {
      LOG.warnf("the webhook is not told of alert %s: %d wait already", alert, MOST_WAITING);
    }
  }

  /** Those that are due. */
  @Transactional
  public List<Due> take(int most) {
    Instant now = clock.instant();
    List<?> rows =
        database
            .createNativeQuery(TAKE)
            .setParameter("now", now)
            .setParameter("until", now.plus(TAKEN_FOR))
            .setParameter("most", most)
            .getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .map(row -> new Due((UUID) row[0], (UUID) row[1], ((Number) row[2]).intValue()))
        .toList();
  }

  @Transactional
  public void delivered(Due due) {
    database
        .createNativeQuery(
            "update alert_delivery set due_at = null, delivered_at = :now, failure = ''"
                + " where alert_id = :id and message = :message")
        .setParameter("now", clock.instant())
        .setParameter("id", due.alert())
        .setParameter("message", due.message())
        .executeUpdate();
  }

  /**
   * Again later, or never.
   *
   * @return whether it was given up
   */
  @Transactional
  public boolean failed(Due due, String why) {
    boolean over = due.attempt() >= MOST_ATTEMPTS;
    database
        .createNativeQuery(
            "update alert_delivery set due_at = cast(:due as timestamptz), failure = :why"
                + " where alert_id = :id and message = :message")
        .setParameter("message", due.message())
        .setParameter("due", over ? null : clock.instant().plus(pause(due.attempt())).toString())
        .setParameter("why", why)
        .setParameter("id", due.alert())
        .executeUpdate();
    return over;
  }

  /** After this try, from 1. */
  static Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < attempt && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(4);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  @Transactional
  public long waiting() {
    Object count =
        database
            .createNativeQuery("select count(*) from alert_delivery where due_at is not null")
            .getSingleResult();
    return ((Number) count).longValue();
  }
}
