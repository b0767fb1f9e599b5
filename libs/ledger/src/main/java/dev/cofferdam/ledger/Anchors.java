// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Heads that were kept elsewhere, in the order in which they were signed; one in memory. */
final class Anchors {
  private final @Nullable LineReader lines;
  private @Nullable Head next;
  private long last;

  Anchors(@Nullable LineReader lines) throws IOException, MalformedLine {
    this.lines = lines;
    next = read();
  }

  /** The next one, taken, if it is for a ledger of this size. */
  Optional<Head> of(long size) throws IOException, MalformedLine {
    Head head = next;
    if (head == null || head.size() != size) {
      return Optional.empty();
    }
    next = read();
    return Optional.of(head);
  }

  /** The next one, whatever its size. */
  Optional<Head> rest() throws IOException, MalformedLine {
    Optional<Head> head = Optional.ofNullable(next);
    next = read();
    return head;
  }

  private @Nullable Head read() throws IOException, MalformedLine {
    Optional<Line> line = lines == null ? Optional.empty() : lines.next();
    if (line.isEmpty()) {
      return null;
    }
    if (!(line.get() instanceof Head head)) {
      throw new MalformedLine("an anchored head is none");
    }
    if (head.size() < last) {
      throw new MalformedLine("the anchored heads are not in order");
    }
    last = head.size();
    return head;
  }
}
