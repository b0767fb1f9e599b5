// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.provider;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** How one can sign in here. */
@Path("/api/sign-in/methods")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignInMethodsResource {
  private final ProviderPart providers;

  SignInMethodsResource(ProviderPart providers) {
    this.providers = providers;
  }

  public record Methods(
      boolean link, boolean sshKey, boolean passkey, List<ProviderPart.Named> providers) {}

  @GET
  @Operation(summary = "How one can sign in here")
  @APIResponse(responseCode = "200", description = "The ways, and the providers by name")
  @APIResponse(responseCode = "503", description = "auth-service does not answer")
  public Methods methods() {
    return new Methods(true, true, true, providers.list());
  }
}
