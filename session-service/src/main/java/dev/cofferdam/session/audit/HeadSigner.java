// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.End;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Every ten seconds has Vault sign how the ledger is, if it has grown, and keeps that in three
 * places: beside the ledger, in Kafka, and in a file. It signs nothing that contradicts what was
 * signed before: then the ledger was cut or rewritten, and that is said until somebody looks.
 */
@ApplicationScoped
public class HeadSigner {
  private static final Logger LOG = Logger.getLogger(HeadSigner.class);
  private static final int MOST_AT_ONCE = 1000;

  private final LedgerReader ledger;
  private final HeadStore heads;
  private final AuditKey key;
  private final InstantSource clock;
  private final Optional<HeadFile> file;
  private final Lateness lateness;
  private final Event<LedgerBroken> broken;
  private final Event<LedgerUnsigned> unsigned;

  HeadSigner(
      LedgerReader ledger,
      HeadStore heads,
      AuditKey key,
      AuditConfig config,
      InstantSource clock,
      Event<LedgerBroken> broken,
      Event<LedgerUnsigned> unsigned) {
    this.broken = broken;
    this.unsigned = unsigned;
    this.ledger = ledger;
    this.heads = heads;
    this.key = key;
    this.clock = clock;
    file = config.heads().map(HeadFile::new);
    lateness = new Lateness(clock.instant());
  }

  @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void onTime() {
    try {
      sign();
      lateness.worked(clock.instant());
    } catch (LedgerChanged e) {
      LOG.errorf("THE AUDIT LEDGER WAS CHANGED, no head is signed: %s", e.getMessage());
      broken.fire(new LedgerBroken(clock.instant(), "heads", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.warnf("no head of the audit ledger was signed: %s", e.getMessage());
      if (lateness.isTooMuch(clock.instant())) {
        unsigned.fire(new LedgerUnsigned(clock.instant(), lateness.since()));
      }
    }
  }

  /**
   * @throws LedgerChanged if the ledger is not what was signed before
   */
  public synchronized void sign() {
    Optional<Head> newest = heads.newest();
    requireUnchanged(newest);
    long size = ledger.size();
    if (size > newest.map(Head::size).orElse(0L)) {
      heads.add(sign(size));
    }
    file.ifPresent(this::catchUp);
  }

  /**
   * The end of an export.
   *
   * @param size how many entries were exported
   * @param at every head from before that time was exported
   * @throws LedgerChanged if the ledger is not what was signed before: its end is not signed either
   */
  synchronized End end(long size, Instant at) {
    requireUnchanged(heads.newest());
    Hash root = size == 0 ? new Frontier().root() : ledger.root(size);
    Instant whole = at.truncatedTo(ChronoUnit.MICROS);
    AuditKey.Signature signature = key.sign(End.signed(size, whole, root));
    return new End(size, root, whole, signature.version(), signature.text());
  }

  private void requireUnchanged(Optional<Head> newest) {
    newest.ifPresent(this::requireUnchanged);
    file.flatMap(HeadFile::last).ifPresent(this::requireUnchanged);
  }

  private void requireUnchanged(Head head) {
    if (head.size() > ledger.size()) {
      throw new LedgerChanged(
          "a head of " + head.at() + " has signed " + head.size() + " entries, some are missing");
    }
    if (!ledger.root(head.size()).equals(head.root())) {
      throw new LedgerChanged("its beginning is not what was signed at " + head.at());
    }
  }

  private Head sign(long size) {
    Hash root = ledger.root(size);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    AuditKey.Signature signature = key.sign(Head.signed(size, at, root));
    return new Head(size, root, at, signature.version(), signature.text());
  }

  private void catchUp(HeadFile to) {
    long next = to.last().map(head -> head.size() + 1).orElse(1L);
    List<Head> missing = heads.from(next, MOST_AT_ONCE);
    if (!missing.isEmpty()) {
      to.append(missing);
    }
  }
}
