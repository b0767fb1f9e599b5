// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.program;

import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.gateway.door.Nothing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** Accounts of programs, for owners and admins. */
@Path("/api/service-accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ServiceAccountResource {
  private static final String PATH = "/service-accounts";

  private final ProgramPart part;

  ServiceAccountResource(ProgramPart part) {
    this.part = part;
  }

  @GET
  @Operation(summary = "Accounts of programs")
  @APIResponse(responseCode = "200", description = "By name")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  public List<ServiceAccountAnswer> list() {
    return part.list(PATH, ServiceAccountAnswer.class);
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Add an account for a program")
  @APIResponseSchema(
      value = ServiceAccountAnswer.class,
      responseCode = "201",
      responseDescription = "The account; it has no key yet")
  @APIResponse(responseCode = "400", description = "The name is not valid")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, there is no room, or this server is for one person"
              + " (name-taken, too-many-people, too-many-service-accounts, one-person-only)")
  public ServiceAccountAnswer add(ServiceAccountAnswer.@Nullable Wanted wanted) {
    return part.change("POST", PATH, RequestBody.require(wanted), ServiceAccountAnswer.class);
  }

  @PATCH
  @Path("/{id}")
  @Operation(summary = "Switch an account of a program off or on; off revokes its keys")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "400", description = "What to change is not valid")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  @APIResponse(
      responseCode = "409",
      description =
          "There is no room for one more, or this server is for one person (too-many-service-accounts, one-person-only)")
  public ServiceAccountAnswer change(
      @RestPath String id, ServiceAccountAnswer.@Nullable Change change) {
    return part.change(
        "PATCH", account(id), RequestBody.require(change), ServiceAccountAnswer.class);
  }

  @GET
  @Path("/{id}/api-keys")
  @Operation(summary = "API keys of an account of a program")
  @APIResponse(responseCode = "200", description = "The newest first; never the keys themselves")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public List<ApiKeyAnswer> listKeys(@RestPath String id) {
    return part.list(account(id) + "/api-keys", ApiKeyAnswer.class);
  }

  @POST
  @Path("/{id}/api-keys")
  @ResponseStatus(201)
  @Operation(summary = "Make an API key for an account of a program")
  @APIResponseSchema(
      value = ApiKeyAnswer.WithText.class,
      responseCode = "201",
      responseDescription = "The key, shown this once")
  @APIResponse(responseCode = "400", description = "The name, a scope or the expiry is not valid")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  @APIResponse(responseCode = "409", description = "There are 100 (too-many-keys)")
  public ApiKeyAnswer.WithText createKey(
      @RestPath String id, ApiKeyAnswer.@Nullable Wanted wanted) {
    return part.change(
        "POST",
        account(id) + "/api-keys",
        RequestBody.require(wanted),
        ApiKeyAnswer.WithText.class);
  }

  @DELETE
  @Path("/{id}/api-keys/{keyId}")
  @ResponseStatus(204)
  @Operation(summary = "Revoke an API key of an account of a program")
  @APIResponse(responseCode = "204", description = "It opens nothing any more")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "For owners and admins")
  @APIResponse(responseCode = "404", description = "There is none of these ids")
  public void revokeKey(@RestPath String id, @RestPath String keyId, @Nullable Nothing request) {
    part.delete(account(id) + "/api-keys/" + ProgramPart.known("API key", keyId));
  }

  private static String account(String id) {
    return PATH + "/" + ProgramPart.known("service account", id);
  }
}
