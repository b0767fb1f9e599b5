// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.people;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.people.Shapes.NewPerson;
import dev.cofferdam.gateway.people.Shapes.NewSshKey;
import dev.cofferdam.gateway.people.Shapes.Person;
import dev.cofferdam.gateway.people.Shapes.PersonChange;
import dev.cofferdam.gateway.people.Shapes.SshKey;
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

/** People, for owners and admins. */
@Path("/api/people")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@APIResponse(responseCode = "401", description = "Nobody is signed in")
@APIResponse(
    responseCode = "403",
    description = "For owners and admins; owners and admins are made and changed by owners only")
@APIResponse(responseCode = "503", description = "auth-service does not answer")
public class PeopleResource {
  private static final String PEOPLE = "/people";

  private final AuthRoutes auth;

  PeopleResource(AuthRoutes auth) {
    this.auth = auth;
  }

  @GET
  @Operation(summary = "Everybody")
  @APIResponse(responseCode = "200", description = "By name")
  public List<Person> list() {
    return auth.list(PEOPLE, Person.class);
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Add a person")
  @APIResponseSchema(
      value = Person.class,
      responseCode = "201",
      responseDescription = "The new person")
  @APIResponse(responseCode = "400", description = "A field breaks a rule")
  @APIResponse(
      responseCode = "409",
      description =
          "The name is taken, the key in use, there is no room, or this server is for one person"
              + " (name-taken, key-in-use, too-many-people, one-person-only)")
  public Person add(@Nullable NewPerson person) {
    return auth.send("POST", PEOPLE, AuthRoutes.require(person), Person.class);
  }

  @PATCH
  @Path("/{id}")
  @Operation(summary = "Change role or quotas of a person, or switch them off")
  @APIResponse(
      responseCode = "200",
      description = "Another role, and being switched off, end what they have open")
  @APIResponse(responseCode = "400", description = "A field breaks a rule")
  @APIResponse(responseCode = "404", description = "There is nobody of this id")
  @APIResponse(
      responseCode = "409",
      description = "The last owner, or oneself switched off (last-owner, own-account)")
  public Person change(@RestPath String id, @Nullable PersonChange change) {
    return auth.send("PATCH", person(id), AuthRoutes.require(change), Person.class);
  }

  @GET
  @Path("/{id}/ssh-keys")
  @Operation(summary = "The keys of a person")
  @APIResponse(responseCode = "200", description = "Oldest first")
  @APIResponse(responseCode = "404", description = "There is nobody of this id")
  public List<SshKey> keys(@RestPath String id) {
    return auth.list(person(id) + "/ssh-keys", SshKey.class);
  }

  @POST
  @Path("/{id}/ssh-keys")
  @ResponseStatus(201)
  @Operation(summary = "Register a key of a person, by your word")
  @APIResponseSchema(
      value = SshKey.class,
      responseCode = "201",
      responseDescription =
          "It signs them in from now on and is proven by that, unless somebody proves it elsewhere"
              + " before")
  @APIResponse(responseCode = "400", description = "Not a public key that is taken here")
  @APIResponse(responseCode = "404", description = "There is nobody of this id")
  @APIResponse(
      responseCode = "409",
      description =
          "The key is in use, they have 50, or are you (key-in-use, too-many-keys, own-account)")
  public SshKey addKey(@RestPath String id, @Nullable NewSshKey key) {
    return auth.send("POST", person(id) + "/ssh-keys", AuthRoutes.require(key), SshKey.class);
  }

  @DELETE
  @Path("/{id}/ssh-keys/{key}")
  @Operation(summary = "Revoke a key of a person; what it opened ends")
  @APIResponse(responseCode = "204", description = "It signs nobody in any more")
  @APIResponse(responseCode = "404", description = "There is no such person, or they no such key")
  public void revokeKey(@RestPath String id, @RestPath String key, @Nullable Nothing request) {
    auth.delete(person(id) + "/ssh-keys/" + AuthRoutes.id(key, "SSH key"));
  }

  private static String person(String id) {
    return PEOPLE + "/" + AuthRoutes.id(id, "person");
  }
}
