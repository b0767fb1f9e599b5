// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole ledger, from its first entry, with the public key alone; memory does not grow with
 * its length. A ledger is good if its rows are numbered without a gap, each states the hash of what
 * it says and continues its stream, and every head, its own and those kept elsewhere, is signed and
 * has the root over the rows that it signs.
 */
public final class Verifier {
  /** So long a signature may take: a head of that time may not have been there to be exported. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(15);

  /** So that a forged export can't fill the memory. */
  private static final int MOST_STREAMS = 64;

  private final HeadKeys keys;
  private final LineReader lines;
  private final Anchors anchors;
  private final Frontier tree = new Frontier();
  private final Map<String, Row> streams = new HashMap<>();
  private long heads;
  private @Nullable Head newest;
  private @Nullable End end;

  private Verifier(HeadKeys keys, LineReader lines, Anchors anchors) {
    this.keys = keys;
    this.lines = lines;
    this.anchors = anchors;
  }

  /**
   * @param ledger lines of all entries and heads, as {@link LineWriter} writes them; if they end
   *     with an {@link End}, heads that were signed after it are passed over
   * @param anchors heads that were kept elsewhere, in order; null for none
   */
  public static Verdict verify(HeadKeys keys, Reader ledger, @Nullable Reader anchors)
      throws IOException {
    return verify(keys, ledger, anchors, false);
  }

  /** The same for what has to have an {@link End}, as each export has it. */
  public static Verdict verifyExport(HeadKeys keys, Reader export, @Nullable Reader anchors)
      throws IOException {
    return verify(keys, export, anchors, true);
  }

  private static Verdict verify(
      HeadKeys keys, Reader ledger, @Nullable Reader anchors, boolean ended) throws IOException {
    Anchors kept;
    try {
      kept = new Anchors(anchors == null ? null : new LineReader("anchor", anchors));
    } catch (MalformedLine e) {
      return new Verdict.Bad(0, Flaw.UNREADABLE, String.valueOf(e.getMessage()));
    }
    return new Verifier(keys, new LineReader("line", ledger), kept).verify(ended);
  }

  private Verdict verify(boolean ended) throws IOException {
    try {
      Optional<Verdict.Bad> bad = Optional.empty();
      for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        if (end != null) {
          return new Verdict.Bad(tree.size(), Flaw.INSERTED, "something stands behind the end");
        }
        bad =
            switch (line.get()) {
              case Row row -> check(row);
              case Head head -> check(head);
              case End last -> check(last);
            };
        if (bad.isPresent()) {
          return bad.get();
        }
      }
      return atTheEnd(ended);
    } catch (MalformedLine e) {
      return new Verdict.Bad(tree.size(), Flaw.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Verdict.Bad> check(Row row) throws IOException, MalformedLine {
    long expected = tree.size();
    long seq = row.entry().seq();
    if (seq < expected) {
      return bad(seq, Flaw.INSERTED, "it is there a second time, behind row " + (expected - 1));
    }
    if (seq > expected) {
      return Optional.of(outOfPlace(expected, seq));
    }
    if (!row.entry().hash().equals(row.hash())) {
      return bad(seq, Flaw.EDITED, "it does not say what its hash was made of");
    }
    Optional<Verdict.Bad> chain = continuesItsStream(row);
    if (chain.isPresent()) {
      return chain;
    }
    tree.append(row.hash());
    for (Optional<Head> h = anchors.of(tree.size()); h.isPresent(); h = anchors.of(tree.size())) {
      Optional<Verdict.Bad> bad = check(h.get());
      if (bad.isPresent()) {
        return bad;
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict.Bad> continuesItsStream(Row row) {
    String stream = row.entry().fact().what().stream();
    Row before = streams.get(stream);
    long sequence = before == null ? 0 : before.entry().streamSequence() + 1;
    Hash prev = before == null ? Hash.NONE : before.hash();
    long seq = row.entry().seq();
    if (row.entry().streamSequence() != sequence) {
      return bad(seq, Flaw.INSERTED, "it is not number " + sequence + " of its stream " + stream);
    }
    if (!row.entry().prev().equals(prev)) {
      return Optional.of(brokenChain(row, before));
    }
    streams.put(stream, row);
    if (streams.size() > MOST_STREAMS) {
      return bad(seq, Flaw.INSERTED, "there are more than " + MOST_STREAMS + " streams");
    }
    return Optional.empty();
  }

  /** One of two rows is wrong; what a head has signed is not. */
  private Verdict.Bad brokenChain(Row row, @Nullable Row before) {
    long seq = row.entry().seq();
    if (before == null || before.entry().seq() < signed()) {
      return new Verdict.Bad(seq, Flaw.INSERTED, "it does not continue its stream");
    }
    long other = before.entry().seq();
    return new Verdict.Bad(
        other,
        Flaw.EDITED,
        "row " + seq + ", the next of its stream, was written behind something else");
  }

  /** Somewhere behind, or nowhere? */
  private Verdict.Bad outOfPlace(long missing, long found) throws IOException, MalformedLine {
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get() instanceof Row row && row.entry().seq() == missing) {
        return new Verdict.Bad(missing, Flaw.REORDERED, "it stands behind row " + found);
      }
    }
    return new Verdict.Bad(missing, Flaw.DROPPED, "row " + found + " stands in its place");
  }

  private Optional<Verdict.Bad> check(Head head) {
    String name = "the head over " + head.size() + " rows of " + head.at();
    if (!keys.hasSigned(head)) {
      return bad(head.size() - 1, Flaw.BAD_SIGNATURE, name + " was not signed with this key");
    }
    if (head.size() > tree.size()) {
      return bad(tree.size(), Flaw.CUT, name + " has signed it, and it is not there");
    }
    if (head.size() < tree.size()) {
      return bad(head.size() - 1, Flaw.REORDERED, name + " stands too far behind");
    }
    if (!head.root().equals(tree.root())) {
      return bad(
          signed(),
          Flaw.REWRITTEN,
          "rows " + signed() + " to " + (head.size() - 1) + " are not what was signed by " + name);
    }
    heads++;
    newest = head;
    return Optional.empty();
  }

  private Optional<Verdict.Bad> check(End last) {
    String name = "the end over " + last.size() + " rows of " + last.at();
    if (!keys.hasSigned(last)) {
      return bad(last.size(), Flaw.BAD_SIGNATURE, name + " was not signed with this key");
    }
    if (last.size() > tree.size()) {
      return bad(tree.size(), Flaw.CUT, name + " has signed it, and it is not there");
    }
    if (last.size() < tree.size()) {
      return bad(last.size(), Flaw.INSERTED, name + " has not signed it");
    }
    if (!last.root().equals(tree.root())) {
      return bad(signed(), Flaw.REWRITTEN, "from there on it is not what was signed by " + name);
    }
    end = last;
    return Optional.empty();
  }

  private Verdict atTheEnd(boolean ended) throws IOException, MalformedLine {
    End last = end;
    Optional<Head> beyond = anchors.rest();
    if (beyond.isPresent()
        && (last == null || beyond.get().at().isBefore(last.at().minus(UNDER_WAY)))) {
      return check(beyond.get()).orElseThrow();
    }
    if (last != null) {
      return new Verdict.Good(tree.size(), heads, last.size(), last.at());
    }
    if (ended) {
      return new Verdict.Bad(
          tree.size(), Flaw.CUT, "it has no end: it was cut off, or Vault could not sign it");
    }
    Head head = newest;
    if (head == null) {
      return tree.size() == 0
          ? new Verdict.Good(0, 0, 0, Instant.EPOCH)
          : new Verdict.Bad(0, Flaw.UNSIGNED, "no head has signed any row");
    }
    return new Verdict.Good(tree.size(), heads, head.size(), head.at());
  }

  private long signed() {
    Head head = newest;
    return head == null ? 0 : head.size();
  }

  private static Optional<Verdict.Bad> bad(long row, Flaw flaw, String why) {
    return Optional.of(new Verdict.Bad(row, flaw, why));
  }
}
