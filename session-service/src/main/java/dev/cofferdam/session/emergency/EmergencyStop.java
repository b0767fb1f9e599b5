// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Whether nothing may open. */
@ApplicationScoped
public class EmergencyStop {
  /** Any number that no other advisory lock has, and no id of a user either: see Sessions. */
  private static final long LOCK = 0x434F_4646_4552L;

  private final EntityManager database;
  private final Outbox outbox;
  private final InstantSource clock;

  EmergencyStop(EntityManager database, Outbox outbox, InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * In the transaction that opens a session: a stop that begins meanwhile waits for it, and so
   * finds its session.
   *
   * @throws ProblemException 409 while it is on
   */
  @Transactional(TxType.MANDATORY)
  public void requireNone() {
    lock("pg_advisory_xact_lock_shared");
    if (isOn()) {
      throw new ProblemException(
          Problem.of(
              "emergency-stop",
              409,
              "This server was stopped in an emergency",
              "All workspaces are locked, and none opens until an owner lifts the stop, under"
                  + " People or with ./coffer emergency-stop --lift."));
    }
  }

  @Transactional
  public boolean isOn() {
    return !database.createNativeQuery("select 1 from emergency_stop").getResultList().isEmpty();
  }

  /**
   * On or off from now on, for every replica; with an event if that changes anything.
   *
   * @param sealing that Vault is sealed as well, which the event says; by others, behind this
   * @param by an owner; nobody if it is done at the machine
   */
  @Transactional
  public void set(boolean on, boolean sealing, Optional<UserId> by) {
    lock("pg_advisory_xact_lock");
    int changed =
        on
            ? database
                .createNativeQuery(
                    "insert into emergency_stop values (1, :now) on conflict do nothing")
                .setParameter("now", clock.instant())
                .executeUpdate()
            : database.createNativeQuery("delete from emergency_stop").executeUpdate();
    if (changed > 0 || sealing) {
      outbox.add(
          new SecurityEvent.EmergencyStopChanged(
              UUID.randomUUID(), clock.instant(), on, sealing, by));
    }
  }

  private void lock(String function) {
    database
        .createNativeQuery("select 1 from " + function + "(:lock)")
        .setParameter("lock", LOCK)
        .getSingleResult();
  }
}
