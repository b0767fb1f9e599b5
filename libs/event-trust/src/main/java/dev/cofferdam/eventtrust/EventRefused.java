// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

/** A record that is not taken for what it says. */
public final class EventRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; each is a stable word. */
  public enum Reason {
    /** Nobody says it. */
    UNSIGNED("unsigned"),
    /** Somebody else says it, or it was changed. */
    FORGED("forged"),
    /** Who says it has no right to events of this type. */
    NO_RIGHT("no-right"),
    /** It lies under another topic or key than its own. */
    MISPLACED("misplaced"),
    /** No event of a version and type that we know. */
    UNREADABLE("unreadable"),
    /** It tells of what has not happened yet. */
    IMPOSSIBLE_TIME("impossible-time"),
    /** Another event has its place in a sequence already. */
    REPEATED("repeated");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  private final Reason reason;

  public EventRefused(Reason reason, String detail) {
    super(reason.word + ": " + detail);
    this.reason = reason;
  }

  EventRefused(Reason reason, Throwable cause) {
    super(reason.word + ": " + cause.getMessage(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
