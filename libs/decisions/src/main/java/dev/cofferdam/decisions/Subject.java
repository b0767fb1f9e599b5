// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import java.util.Set;

/** Who asks, once it was proved. Whose credential has expired is signed out. */
public sealed interface Subject {
  record SignedOut() implements Subject {}

  /** Somebody in a browser. */
  record Person(UserId user, Role role) implements Subject {}

  /**
   * A program with an API key.
   *
   * @param user whose key it is, a person or a service account: it may never more than they
   * @param scopes what the key is for; with none it may nothing
   */
  record Program(UserId user, Role role, Set<Scope> scopes) implements Subject {
    public Program {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Another part of Cofferdam: {@code gateway}, {@code session}, {@code stack}. */
  record Part(String name) implements Subject {}
}
