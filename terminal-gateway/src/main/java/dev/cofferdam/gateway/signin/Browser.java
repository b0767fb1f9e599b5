// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.identity.UserId;
import java.time.Instant;

/** A signed-in browser and who sits there, until its session expires at the latest. */
public record Browser(BrowserKey key, UserId user, String name, Instant expiresAt) {}
