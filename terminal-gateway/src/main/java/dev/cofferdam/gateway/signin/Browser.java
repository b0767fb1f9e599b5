// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.UUID;

/**
 * A signed-in browser and who sits there, until its session expires at the latest.
 *
 * @param signIn what auth-service calls its session
 */
public record Browser(
    BrowserKey key, UUID signIn, UserId user, String name, Role role, Instant expiresAt) {}
