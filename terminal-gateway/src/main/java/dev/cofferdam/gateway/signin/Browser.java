// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A signed-in browser and who sits there, or a program with its key, until that expires at the
 * latest.
 *
 * @param signIn what auth-service calls its session, or what a key has in its place
 * @param scopes what a program's key is for; empty for people, also by their access token
 */
public record Browser(
    BrowserKey key,
    UUID signIn,
    UserId user,
    String name,
    Role role,
    Optional<Set<Scope>> scopes,
    Instant expiresAt) {
  public Browser {
    scopes = scopes.map(Set::copyOf);
  }

  /** Who it is, for decisions: whose time is over is nobody. */
  public Subject subject(Instant now) {
    if (!expiresAt.isAfter(now)) {
      return new Subject.SignedOut();
    }
    return scopes
        .<Subject>map(s -> new Subject.Program(user, role, s))
        .orElseGet(() -> new Subject.Person(user, role));
  }
}
