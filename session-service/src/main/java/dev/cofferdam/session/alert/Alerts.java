// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.audit.LedgerBroken;
import dev.cofferdam.session.audit.LedgerUnsigned;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Raises and closes them, each with its event in the same transaction. Of one rule at most {@value
 * #MOST_OPEN} are open, of {@code many-refusals} so many about networks, accounts and things each;
 * what it finds beyond that is counted by one more.
 */
@ApplicationScoped
class Alerts {
  private static final Logger LOG = Logger.getLogger(Alerts.class);
  static final int MOST_OPEN = 100;
  static final String OTHERS = "others";
  private static final Duration KEPT = Duration.ofDays(365);

  /** Critical ones that go on are told of again. */
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

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
    raiseAlone(Finding.ofLedger(broken.at(), broken.what(), broken.how()));
  }

  void take(@Observes LedgerUnsigned unsigned) {
    raiseAlone(Finding.ofUnsignedLedger(unsigned.at(), "since " + unsigned.since()));
  }

  private void raiseAlone(Finding found) {
    try {
      QuarkusTransaction.requiringNew().run(() -> raise(found));
    } catch (RuntimeException e) {
      LOG.errorf("no alert could be raised of it: %s", e.getMessage());
    }
  }

  /** An alert, or one more time of one that is open. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void raise(Finding found) {
    if (store.countAgain(found)) {
      tellAgain(found);
      return;
    }
    boolean tooMany =
        !found.about().endsWith(OTHERS) && store.open(found.rule(), found.family()) >= MOST_OPEN;
    if (tooMany) {
      raise(found.about(found.family() + OTHERS));
      return;
    }
    UUID id = UUID.randomUUID();
    if (store.add(id, found, clock.instant())) {
      tell(id, found);
    } else {
      store.countAgain(found);
    }
  }

  /** Of what matters most, and of what stands for many, once in a while. */
  private void tellAgain(Finding found) {
    if (found.rule().severity() == Rule.Severity.CRITICAL || found.about().endsWith(OTHERS)) {
      Instant now = clock.instant();
      store.tellAgain(found, now, now.minus(AGAIN_AFTER)).ifPresent(id -> tell(id, found));
    }
  }

  private void tell(UUID id, Finding found) {
    outbox.add(
        new SecurityEvent.AlertRaised(
            UUID.randomUUID(), clock.instant(), id, found.rule().word(), found.about()));
    deliveries.add(id);
  }

  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  @Transactional
  public void forget() {
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
