// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells at once, on the event loop, who shows a token that was verified before. Everybody else is
 * left to the framework, which verifies on a thread that may block: going there and back takes
 * longer than looking up what is remembered.
 */
@ApplicationScoped
public class KnownCallers implements IdentityProvider<TokenAuthenticationRequest> {
  private final VerifiedTokens tokens;

  KnownCallers(VerifiedTokens tokens) {
    this.tokens = tokens;
  }

  /** Before the framework's own, which has the common one. */
  @Override
  public int priority() {
    return IdentityProvider.super.priority() + 1;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  /** Nobody for a token that has to be verified: then the next provider is asked. */
  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    if (!(request.getToken() instanceof JsonWebTokenCredential credential)) {
      return Uni.createFrom().nullItem();
    }
    return Uni.createFrom()
        .item(
            tokens
                .findAtHand(credential.getToken())
                .map(caller -> identity(caller, credential))
                .orElse(null));
  }

  private static SecurityIdentity identity(
      JWTCallerPrincipal caller, JsonWebTokenCredential credential) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(caller)
        .addCredential(credential)
        .addRoles(caller.getGroups())
        .addAttribute(SecurityIdentity.USER_ATTRIBUTE, caller)
        .build();
  }
}
