// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit.permission;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.testkit.TokenIssuer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What each persona sends to a service: an access token for it, or nothing. */
public final class PersonaTokens {
  private static final int WELL_OVER_SECONDS = 600;

  private final TokenIssuer issuer;
  private final String audience;

  public PersonaTokens(TokenIssuer issuer, String audience) {
    this.issuer = issuer;
    this.audience = audience;
  }

  /**
   * @param owner whose thing it is
   * @param action the word of what is tried
   */
  public Optional<String> bearer(Persona persona, UUID owner, String action) {
    return Optional.ofNullable(
        switch (persona) {
          case ITS_OWNER -> issuer.token(owner.toString(), audience, "member");
          case ANOTHER_MEMBER -> somebody("member");
          case ADMIN -> somebody("admin");
          case OWNER -> somebody("owner");
          case AUDITOR -> somebody("auditor");
          case KEY_WITH_SCOPE -> program(owner, scopes(action, true));
          case KEY_WITHOUT_SCOPE -> program(owner, scopes(action, false));
          case SIGNED_OUT -> null;
          case EXPIRED -> expired(owner);
        });
  }

  private String somebody(String role) {
    return issuer.token(UUID.randomUUID().toString(), audience, role);
  }

  private String program(UUID owner, String scopes) {
    return issuer.programToken(owner.toString(), audience, scopes);
  }

  private static String scopes(String action, boolean just) {
    return Arrays.stream(Action.values())
        .filter(Action::isForPrograms)
        .map(Action::word)
        .filter(word -> word.equals(action) == just)
        .collect(Collectors.joining(" "));
  }

  private String expired(UUID owner) {
    Map<String, Object> claims = issuer.claims(owner.toString(), audience);
    long then = Instant.now().getEpochSecond() - WELL_OVER_SECONDS;
    claims.put("iat", then - 1);
    claims.put("exp", then);
    return issuer.signed(issuer.header(), claims);
  }
}
