// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is looked out for. Each has a stable word. */
enum Rule {
  /** One person, network or thing is refused again and again. */
  MANY_REFUSALS(Severity.WARNING, "Many refusals"),
  /** A key or passkey is shown from a network that it was never used from. */
  NEW_NETWORK(Severity.WARNING, "A key was used from a new network"),
  /** Somebody else had unwrapped a workspace's key first. */
  TOKEN_USED_TWICE(Severity.CRITICAL, "A workspace's key was taken by somebody else"),
  /** A key, or the token for it, was not what a sandbox was promised. */
  KEY_REFUSED(Severity.CRITICAL, "A sandbox refused its key"),
  /** A key was granted, and session-service had not asked for it. */
  KEY_NOT_ASKED_FOR(Severity.CRITICAL, "A workspace's key was released that nothing asked for"),
  /** A key was granted that session-service asked for, and no session opened with it. */
  KEY_UNUSED(Severity.WARNING, "A workspace's key was released and nothing opened"),
  /** A refresh token was shown a second time: somebody has a copy. */
  REFRESH_TOKEN_REUSED(Severity.CRITICAL, "A refresh token was used twice"),
  /** A sandbox did not take a lease: it was replayed, another's, or too old. */
  LEASE_REFUSED(Severity.CRITICAL, "A sandbox refused its lease"),
  /** An event never came: of a session, or of whatever else its teller counts. */
  EVENT_GAP(Severity.CRITICAL, "An event is missing"),
  /** What was sent as an event is none that may be believed. */
  EVENT_REFUSED(Severity.CRITICAL, "An event was not to be believed"),
  /** Something happened before what it follows, or has not happened yet. */
  IMPOSSIBLE_TIME(Severity.WARNING, "A time that can't be"),
  /** A part of the server asked for what only another may. */
  PART_OUT_OF_BOUNDS(Severity.CRITICAL, "A part of this server asked for what is not its own"),
  /** The audit ledger is not what was written or signed. */
  AUDIT_GAP(Severity.CRITICAL, "The audit ledger was changed"),
  /** For a minute no head of the audit ledger was signed and kept. */
  LEDGER_UNSIGNED(Severity.WARNING, "The audit ledger is not being signed"),
  /** Everything was locked. */
  EMERGENCY_STOP(Severity.WARNING, "The server was stopped in an emergency");

  /** How much it matters. */
  enum Severity {
    WARNING,
    CRITICAL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Severity severity;
  private final String title;

  Rule(Severity severity, String title) {
    this.severity = severity;
    this.title = title;
  }

  /** For instance {@code many-refusals}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Rule> of(String word) {
    return Arrays.stream(values()).filter(rule -> rule.word().equals(word)).findFirst();
  }

  Severity severity() {
    return severity;
  }

  String title() {
    return title;
  }
}
