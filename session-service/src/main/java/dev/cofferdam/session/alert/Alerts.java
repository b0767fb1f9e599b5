// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.audit.LedgerBroken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Raises and closes them, each with its event in the same transaction. Of one rule at most {@value
 * #MOST_OPEN} are open; what it finds beyond that is counted by one more.
 */
@ApplicationScoped
class Alerts {
  private static final Logger LOG = Logger.getLogger(Alerts.class);
  static final int MOST_OPEN = 100;
  static final String OTHERS = "others";
  private static final Duration KEPT = Duration.ofDays(365);

  private final AlertStore store;
  private final Deliveries deliveries;
  private final Outbox outbox;
  private final InstantSource clock;

  Alerts(AlertStore store, Deliveries deliveries, Outbox outbox, InstantSource clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The ledger can't tell of itself. */
  void take(@Observes LedgerBroken broken) {
    try {
      QuarkusTransaction.requiringNew()
          .run(() -> raise(Finding.ofLedger(broken.at(), broken.how())));
    } catch (RuntimeException e) {
      LOG.errorf("no alert could be raised of it: %s", e.getMessage());
    }
  }

  /** An alert, or one more time of one that is open. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void raise(Finding found) {
    if (store.countAgain(found)) {
      return;
    }
    boolean tooMany =
        !found.about().equals(OTHERS) && store.open().getOrDefault(found.rule(), 0L) >= MOST_OPEN;
    if (tooMany) {
      raise(found.about(OTHERS));
      return;
    }
    UUID id = UUID.randomUUID();
    if (!store.add(id, found)) {
      store.countAgain(found);
      return;
    }
    outbox.add(
        new SecurityEvent.AlertRaised(
            UUID.randomUUID(), clock.instant(), id, found.rule().word(), found.about()));
    deliveries.add(id);
    store.forget(clock.instant().minus(KEPT));
  }

  /**
   * Somebody has dealt with it; a second time changes nothing.
   *
   * @throws ProblemException 404
   */
  @Transactional
  public Alert close(UUID id, UserId by) {
    Alert alert = require(id);
    if (!store.close(id, clock.instant(), by.value())) {
      return alert;
    }
    outbox.add(
        new SecurityEvent.AlertClosed(
            UUID.randomUUID(), clock.instant(), id, alert.rule().word(), by));
    return require(id);
  }

  private Alert require(UUID id) {
    return store.find(id).orElseThrow(() -> new ProblemException(Problem.notFound("alert")));
  }
}
