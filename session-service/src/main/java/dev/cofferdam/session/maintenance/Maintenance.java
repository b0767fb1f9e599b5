// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.maintenance;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether it is on, for every replica and over restarts: a row in the database. */
@ApplicationScoped
public class Maintenance {
  private final EntityManager database;
  private final Outbox outbox;
  private final InstantSource clock;

  Maintenance(EntityManager database, Outbox outbox, InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * In the transaction that opens a session. One that slips through as it begins locks with the
   * others.
   *
   * @throws ProblemException 409 while it is on
   */
  @Transactional(TxType.MANDATORY)
  public void requireNone() {
    Optional<Plan> plan = now();
    if (plan.isPresent()) {
      String notice = plan.get().notice().isEmpty() ? "" : " \"" + plan.get().notice() + "\"";
      throw new ProblemException(
          Problem.of(
              "maintenance",
              409,
              "This server is being maintained",
              "No workspace opens until an owner says that it is over." + notice));
    }
  }

  @Transactional
  public Optional<Plan> now() {
    List<?> rows =
        database.createNativeQuery("select locks_at, notice from maintenance").getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .map(row -> new Plan((Instant) row[0], (String) row[1]))
        .findFirst();
  }

  /** Whether what is open has to lock. */
  @Transactional
  public boolean isDue() {
    return now().filter(plan -> !plan.locksAt().isAfter(clock.instant())).isPresent();
  }

  /**
   * Begins now, or changes what was planned.
   *
   * @param by an owner; nobody if it is done at the machine
   */
  @Transactional
  public Plan plan(Duration untilLock, String notice, Optional<UserId> by) {
    Instant locksAt = clock.instant().plus(untilLock).truncatedTo(ChronoUnit.MILLIS);
    database
        .createNativeQuery(
            "insert into maintenance values (1, :at, :notice, cast(:by as uuid)) on conflict (id) do update"
                + " set locks_at = excluded.locks_at, notice = excluded.notice,"
                + " planned_by = excluded.planned_by")
        .setParameter("at", locksAt)
        .setParameter("notice", notice)
        .setParameter("by", by.map(UserId::value).orElse(null))
        .executeUpdate();
    tell(Optional.of(locksAt), notice, by);
    return new Plan(locksAt, notice);
  }

  /** It is over; if there is none nothing changes. */
  @Transactional
  public void end(Optional<UserId> by) {
    if (database.createNativeQuery("delete from maintenance").executeUpdate() > 0) {
      tell(Optional.empty(), "", by);
    }
  }

  private void tell(Optional<Instant> locksAt, String notice, Optional<UserId> by) {
    outbox.add(
        new SecurityEvent.MaintenanceChanged(
            UUID.randomUUID(), clock.instant(), locksAt, notice, by));
  }
}
