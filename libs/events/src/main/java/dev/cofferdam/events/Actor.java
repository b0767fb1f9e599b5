// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import dev.cofferdam.identity.UserId;
import java.util.Optional;

/**
 * Whose request had something happen, as far as it is known.
 *
 * @param user whose request it was; empty for what a part does by itself, and where nobody is
 *     signed in
 * @param credential what they are signed in with, for instance a key's fingerprint, never a secret;
 *     may be empty
 * @param address from where, as the gateway saw it; may be empty
 */
public record Actor(Optional<UserId> user, String credential, String address) {
  public static final Actor NOBODY = new Actor(Optional.empty(), "", "");
}
