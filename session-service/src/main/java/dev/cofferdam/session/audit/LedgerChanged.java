// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

/** What is in the database is not what was put there. */
final class LedgerChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerChanged(String message) {
    super(message);
  }
}
