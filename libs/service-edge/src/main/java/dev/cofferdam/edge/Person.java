// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import java.util.UUID;

/**
 * Whose access token it is.
 *
 * @param signIn the browser session or the like that the token was issued for, its {@code sid}
 * @param credential what they signed in with, for instance a key's fingerprint; may be empty
 */
public record Person(UserId user, Role role, UUID signIn, String credential) {}
