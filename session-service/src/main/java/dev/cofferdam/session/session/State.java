// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

/** The word for a {@link Phase}, as it is stored and answered. */
public enum State {
  OPENING,
  ACTIVE,
  WARNED,
  LOCKING,
  LOCKED;

  /** Whether the key is in the sandbox and may stay there. */
  public boolean isOpen() {
    return this == ACTIVE || this == WARNED;
  }
}
