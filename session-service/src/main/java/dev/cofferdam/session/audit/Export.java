// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.ledger.End;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The ledger as a stream. Some hundred rows are in memory at a time, and no connection of the
 * database is held while the reader is slow.
 */
@ApplicationScoped
public class Export {
  private static final int PAGE = 500;

  private static final Logger LOG = Logger.getLogger(Export.class);

  private final LedgerReader ledger;
  private final HeadStore heads;
  private final HeadSigner signer;
  private final InstantSource clock;

  Export(LedgerReader ledger, HeadStore heads, HeadSigner signer, InstantSource clock) {
    this.ledger = ledger;
    this.heads = heads;
    this.signer = signer;
    this.clock = clock;
  }

  /** Every entry, every head behind the entries that it signs, and the end. */
  StreamingOutput lines() {
    return out -> {
      try (Writer to = writer(out)) {
        lines(to);
      }
    };
  }

  /** Until no head is left that was signed meanwhile: who has heads from elsewhere misses none. */
  private void lines(Writer to) throws IOException {
    HeadPages signed = new HeadPages();
    long next = 0;
    Instant at = clock.instant();
    while (signed.hasMore()) {
      List<Row> rows = page(Filter.ALL, next, Long.MAX_VALUE);
      while (!rows.isEmpty()) {
        for (Row row : rows) {
          signed.writeUpTo(row.entry().seq(), to);
          to.write(LineWriter.write(row));
          to.write('\n');
        }
        next = rows.getLast().entry().seq() + 1;
        rows = page(Filter.ALL, next, Long.MAX_VALUE);
      }
      signed.writeUpTo(Long.MAX_VALUE, to);
      at = clock.instant();
    }
    writeEnd(next, at, to);
  }

  /** Without Vault the entries can be had all the same; whoever checks them is told. */
  private void writeEnd(long size, Instant at, Writer to) throws IOException {
    End end;
    try {
      end = signer.end(size, at);
    } catch (RuntimeException e) {
      LOG.warnf("an export has no end: %s", e.getMessage());
      return;
    }
    to.write(LineWriter.write(end));
    to.write('\n');
  }

  /** The entries that the filter lets through, for people. */
  StreamingOutput csv(Filter filter) {
    long size = ledger.size();
    return out -> {
      try (Writer to = writer(out)) {
        to.write(Csv.HEADER);
        List<Row> rows = page(filter, 0, size);
        while (!rows.isEmpty()) {
          for (Row row : rows) {
            to.write(Csv.line(row));
          }
          rows = page(filter, rows.getLast().entry().seq() + 1, size);
        }
      }
    };
  }

  private List<Row> page(Filter filter, long from, long to) {
    return ledger.oldest(filter.and("seq >= ?", from).and("seq < ?", to), PAGE);
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, UTF_8), 16_384);
  }

  /** Heads up to the newest that there was when it was asked, a page in memory. */
  private final class HeadPages {
    private final Deque<Head> page = new ArrayDeque<>();
    private boolean begun;
    private long last;
    private long next = 1;

    /** Whether there is one that was not written; asked before the rows that it signs are read. */
    boolean hasMore() {
      long newest = heads.newest().map(Head::size).orElse(0L);
      boolean more = newest > last || !begun;
      last = newest;
      begun = true;
      return more;
    }

    /** Those that sign no more than {@code rows} rows. */
    void writeUpTo(long rows, Writer to) throws IOException {
      while (fill() && page.getFirst().size() <= rows) {
        to.write(LineWriter.write(page.removeFirst()));
        to.write('\n');
      }
    }

    private boolean fill() {
      if (page.isEmpty() && next <= last) {
        heads.from(next, PAGE).stream().filter(head -> head.size() <= last).forEach(page::add);
        next = page.isEmpty() ? last + 1 : page.getLast().size() + 1;
      }
      return !page.isEmpty();
    }
  }
}
