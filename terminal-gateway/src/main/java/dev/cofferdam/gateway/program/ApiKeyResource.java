// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.door.Nothing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** API keys of who is signed in. */
@Path("/api/api-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ApiKeyResource {
  private static final String PATH = "/api-keys";

  private final ProgramPart part;

  ApiKeyResource(ProgramPart part) {
    this.part = part;
  }

  @GET
  @Operation(summary = "API keys of who is signed in")
  @APIResponse(responseCode = "200", description = "The newest first; never the keys themselves")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Not with an API key")
  public List<ApiKeyAnswer> list() {
    return part.list(PATH, ApiKeyAnswer.class);
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Make an API key")
  @APIResponseSchema(
      value = ApiKeyAnswer.WithText.class,
      responseCode = "201",
      responseDescription = "The key, shown this once")
  @APIResponse(responseCode = "400", description = "The name, a scope or the expiry is not valid")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Not with an API key")
  @APIResponse(responseCode = "409", description = "There are 100 (too-many-keys)")
  public ApiKeyAnswer.WithText create(ApiKeyAnswer.@Nullable Wanted wanted) {
    return part.change("POST", PATH, RequestBody.require(wanted), ApiKeyAnswer.WithText.class);
  }

  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  @Operation(summary = "Revoke an API key; what it opened ends")
  @APIResponse(responseCode = "204", description = "It opens nothing any more")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Not with an API key")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  public void revoke(@RestPath String id, @Nullable Nothing request) {
    part.delete(PATH + "/" + ProgramPart.known("API key", id));
  }
}
