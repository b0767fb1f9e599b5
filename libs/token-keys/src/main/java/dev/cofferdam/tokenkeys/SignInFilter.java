// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import dev.cofferdam.edge.AccessTokens;
import dev.cofferdam.edge.Person;
import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.security.Authenticated;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A token whose sign-in has ended is worth nothing, however long it would still be good by itself.
 * On the thread of the resource, which may block.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class SignInFilter implements ContainerRequestFilter {
  private final ResourceInfo resource;
  private final JsonWebToken token;
  private final LivingSignIns signIns;

  SignInFilter(@Context ResourceInfo resource, JsonWebToken token, LivingSignIns signIns) {
    this.resource = resource;
    this.token = token;
    this.signIns = signIns;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!resource.getResourceClass().isAnnotationPresent(Authenticated.class)) {
      return;
    }
    Person person = AccessTokens.person(token);
    if (!signIns.holds(person.signIn())) {
      throw new RefusedException(
          Problem.signedOut(),
          Refusal.of("access-token-refused", "sign-in-over")
              .by(person.user())
              .with(person.credential()));
    }
  }
}
