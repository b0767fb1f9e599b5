// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.edge.Access;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Whose token it is. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class MeResource {
  private final Access access;

  MeResource(JsonWebToken token) {
    access = new Access(token);
  }

  @GET
  @Transactional
  public SignInAnswer.User me() {
    access.requireOwn(Action.PROFILE_READ);
    return Account.<Account>findByIdOptional(access.user().value())
        .filter(account -> !account.isDisabled())
        .map(SignInAnswer.User::of)
        .orElseThrow(() -> new ProblemException(Problem.signedOut()));
  }
}
