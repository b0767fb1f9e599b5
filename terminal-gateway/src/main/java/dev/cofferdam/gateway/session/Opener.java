// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

/**
 * Who unlocks; never printed.
 *
 * @param bearer a token of theirs for session-service
 * @param address from where, as this gateway sees it; may be empty
 */
record Opener(String bearer, String address) {
  @Override
  public String toString() {
    return "Opener[from " + address + "]";
  }
}
