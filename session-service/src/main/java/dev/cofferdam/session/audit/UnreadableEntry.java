// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

/** What stands in the ledger in an entry's place is none that we have ever written. */
public final class UnreadableEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long seq;

  UnreadableEntry(long seq, Throwable cause) {
    super("entry " + seq + " can't be read", cause);
    this.seq = seq;
  }

  public long seq() {
    return seq;
  }
}
