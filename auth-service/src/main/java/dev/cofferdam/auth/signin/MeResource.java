// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whose token it is. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class MeResource {
  private final Asking asking;

  MeResource(Asking asking) {
    this.asking = asking;
  }

  @GET
  @Transactional
  public SignInAnswer.User me() {
    asking.access().requireOwn(Action.PROFILE_READ);
    return Account.<Account>findByIdOptional(asking.user().value())
        .filter(account -> !account.isDisabled())
        .map(SignInAnswer.User::of)
        .orElseThrow(() -> new ProblemException(Problem.signedOut()));
  }
}
