// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserKey;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.permission.Persona;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the gateway knows of each persona once they have shown who they are. */
public final class PersonaBrowsers {
  private PersonaBrowsers() {}

  /** Whoever is signed out is like whose time is over: nothing of theirs is open. */
  public static Browser of(Persona persona, UserId owner, String action) {
    Instant now = Instant.now();
    return switch (persona) {
      case ITS_OWNER -> browser(owner, Role.MEMBER, Optional.empty(), now.plusSeconds(60));
      case ANOTHER_MEMBER -> somebody(Role.MEMBER);
      case ADMIN -> somebody(Role.ADMIN);
      case OWNER -> somebody(Role.OWNER);
      case AUDITOR -> somebody(Role.AUDITOR);
      case KEY_WITH_SCOPE -> program(owner, action, true);
      case KEY_WITHOUT_SCOPE -> program(owner, action, false);
      case SIGNED_OUT, EXPIRED ->
          browser(owner, Role.MEMBER, Optional.empty(), now.minusSeconds(1));
    };
  }

  private static Browser somebody(Role role) {
    return browser(UserId.random(), role, Optional.empty(), Instant.now().plusSeconds(60));
  }

  private static Browser program(UserId owner, String action, boolean just) {
    Set<Scope> scopes =
        Arrays.stream(Action.values())
            .filter(Action::isForPrograms)
            .filter(verb -> verb.word().equals(action) == just)
            .map(verb -> new Scope(verb, Optional.empty()))
            .collect(Collectors.toSet());
    return browser(owner, Role.MEMBER, Optional.of(scopes), Instant.now().plusSeconds(60));
  }

  private static Browser browser(
      UserId user, Role role, Optional<Set<Scope>> scopes, Instant expiresAt) {
    BrowserKey key = new BrowserKey("a".repeat(64));
    return new Browser(key, UUID.randomUUID(), user, "somebody", role, scopes, expiresAt);
  }
}
