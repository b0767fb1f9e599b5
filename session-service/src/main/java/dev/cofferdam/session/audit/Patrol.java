// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Row;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reads the whole ledger over and over, {@value #ROWS} entries a second, so that what was done to
 * an old entry is found without anybody asking: a million entries take an hour and a half. Each has
 * to say what its hash was made of and continue its stream, and all together have to have the root
 * that heads are signed with.
 */
@ApplicationScoped
public class Patrol {
  private static final Logger LOG = Logger.getLogger(Patrol.class);
  static final int ROWS = 200;

  private final LedgerReader ledger;
  private final Event<LedgerBroken> broken;
  private final InstantSource clock;
  private Frontier tree = new Frontier();
  private final Map<String, Hash> streams = new HashMap<>();

  Patrol(LedgerReader ledger, Event<LedgerBroken> broken, InstantSource clock) {
    this.ledger = ledger;
    this.broken = broken;
    this.clock = clock;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    try {
      walk();
    } catch (LedgerChanged e) {
      LOG.errorf("THE AUDIT LEDGER WAS CHANGED: %s", e.getMessage());
      startAgain();
      broken.fire(new LedgerBroken(clock.instant(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.debugf("the ledger was not looked at: %s", e.getMessage());
    }
  }

  /**
   * @throws LedgerChanged if these entries are not what was written
   */
  synchronized void walk() {
    List<Row> rows = ledger.from(tree.size(), ROWS);
    for (Row row : rows) {
      check(row);
      tree.append(row.hash());
      streams.put(row.entry().fact().what().stream(), row.hash());
    }
    if (rows.size() < ROWS) {
      atTheEnd();
    }
  }

  private void check(Row row) {
    long expected = tree.size();
    if (row.entry().seq() != expected) {
      throw new LedgerChanged("entry " + expected + " is missing");
    }
    if (!row.entry().hash().equals(row.hash())) {
      throw new LedgerChanged("entry " + expected + " does not say what its hash was made of");
    }
    Hash before = streams.getOrDefault(row.entry().fact().what().stream(), Hash.NONE);
    if (!row.entry().prev().equals(before)) {
      throw new LedgerChanged("entry " + expected + " does not continue its stream");
    }
  }

  private void atTheEnd() {
    long size = tree.size();
    if (size > 0 && !ledger.root(size).equals(tree.root())) {
      throw new LedgerChanged("the tree over the first " + size + " entries is another");
    }
    startAgain();
  }

  private synchronized void startAgain() {
    tree = new Frontier();
    streams.clear();
  }
}
