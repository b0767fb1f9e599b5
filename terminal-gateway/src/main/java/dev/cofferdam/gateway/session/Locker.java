// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.UserId;

/**
 * A person who locks a session. session-service hears it with the report, which may be long after
 * their request: they stand in the ledger then as if it had heard at once.
 *
 * @param credential what they are signed in with, never a secret; empty if nobody could be asked
 * @param address from where, as this gateway saw it; may be empty
 */
record Locker(UserId user, String credential, String address) {
  /** Characters; session-service takes no more. */
  static final int LONGEST = 300;

  Locker {
    credential = cut(credential);
    address = cut(address);
  }

  private static String cut(String text) {
    String clean = text.replaceAll("\\p{Cc}", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
