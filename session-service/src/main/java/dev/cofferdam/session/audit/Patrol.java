// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reads the whole ledger over and over, {@value #ROWS} entries a second, so that what was done to
 * an old entry is found without anybody asking: a million entries take an hour and a half. Each has
 * to say what its hash was made of and continue its stream, and all together have to have the root
 * that heads are signed with. What is wrong is told of once a round, and the walk goes on behind
 * it. For one thread.
 */
@ApplicationScoped
public class Patrol {
  private static final Logger LOG = Logger.getLogger(Patrol.class);
  static final int ROWS = 200;

  /** What one round tells of at most: of a ledger that is all wrong the first rows say enough. */
  private static final int MOST_TOLD = 10;

  /** Behind each round. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final LedgerReader ledger;
  private final Event<LedgerBroken> broken;
  private final InstantSource clock;
  private final Map<String, Hash> streams = new HashMap<>();
  private Frontier tree = new Frontier();
  private Instant next = Instant.MIN;
  private int told;

  Patrol(LedgerReader ledger, Event<LedgerBroken> broken, InstantSource clock) {
    this.ledger = ledger;
    this.broken = broken;
    this.clock = clock;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    if (clock.instant().isBefore(next)) {
      return;
    }
    try {
      if (walk(ROWS) < ROWS) {
        atTheEnd();
      }
    } catch (UnreadableEntry e) {
      upTo(e.seq());
    } catch (ProblemException e) {
      LOG.debugf("the ledger was not looked at: %s", e.getMessage());
    }
  }

  /** How many entries were there. */
  private int walk(int most) {
    List<Row> rows = ledger.from(tree.size(), most);
    for (Row row : rows) {
      while (tree.size() < row.entry().seq()) {
        tell(tree.size(), "is missing");
        step(Hash.NONE);
      }
      check(row);
      step(row.hash());
      streams.put(row.entry().fact().what().stream(), row.hash());
    }
    return rows.size();
  }

  /** What is before it, and then past it: its hash is not known, so nothing of this tree counts. */
  private void upTo(long unreadable) {
    try {
      int before = (int) Math.min(ROWS, unreadable - tree.size());
      if (before > 0) {
        walk(before);
      }
      tell(unreadable, "can't be read");
      step(Hash.NONE);
    } catch (ProblemException | UnreadableEntry e) {
      LOG.debugf("the ledger was not looked at: %s", e.getMessage());
    }
  }

  private void check(Row row) {
    long seq = row.entry().seq();
    Hash before = streams.getOrDefault(row.entry().fact().what().stream(), Hash.NONE);
    if (!row.entry().hash().equals(row.hash())) {
      tell(seq, "does not say what its hash was made of");
    } else if (!row.entry().prev().equals(before)) {
      tell(seq, "does not continue its stream");
    }
  }

  private void step(Hash hash) {
    tree.append(hash);
  }

  private void atTheEnd() {
    long size = tree.size();
    if (size > 0 && told == 0 && !ledger.root(size).equals(tree.root())) {
      tell("tree", "the tree over the first " + size + " entries is another");
    }
    tree = new Frontier();
    streams.clear();
    told = 0;
    next = clock.instant().plus(REST);
  }

  private void tell(long seq, String how) {
    tell("entry " + seq, "entry " + seq + " " + how);
  }

  private void tell(String what, String how) {
    told++;
    if (told <= MOST_TOLD) {
      LOG.errorf("THE AUDIT LEDGER WAS CHANGED: %s", how);
      broken.fire(new LedgerBroken(clock.instant(), what, how));
    }
  }
}
