// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

import dev.cofferdam.gateway.door.Nothing;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One's own sign-ins, and notices of what one should have done oneself. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HistoryResource {
  private final DevicePart devices;
  private final Visitor visitor;

  HistoryResource(DevicePart devices, Visitor visitor) {
    this.devices = devices;
    this.visitor = visitor;
  }

  @GET
  @Path("/sign-ins")
  @Operation(summary = "One's own sign-ins, failures and ends included: 50 at a time")
  @APIResponse(responseCode = "200", description = "The newest first")
  @APIResponse(responseCode = "400", description = "before is no number of a line")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<SignInLine> signIns(@RestQuery @Nullable String before) {
    return devices.list(bearer(), "/sign-ins" + query(before), SignInLine.class);
  }

  @GET
  @Path("/notices")
  @Operation(summary = "New devices and keys that were not dismissed yet")
  @APIResponse(responseCode = "200", description = "The newest first")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  public List<NoticeAnswer> notices() {
    return devices.list(bearer(), "/notices", NoticeAnswer.class);
  }

  @DELETE
  @Path("/notices/{id}")
  @ResponseStatus(204)
  @Operation(summary = "Dismiss a notice")
  @APIResponse(responseCode = "204", description = "It is not shown again")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  public void dismiss(@RestPath String id, @Nullable Nothing request) {
    devices.delete(bearer(), "/notices/" + DeviceResource.known(id, "notice"));
  }

  private static String query(@Nullable String before) {
    if (before == null) {
      return "";
    }
    if (!before.matches("[0-9]{1,18}")) {
      throw new ProblemException(Problem.badField("before", "the number of a line"));
    }
    return "?before=" + before;
  }

  private String bearer() {
    return visitor.token(Audience.AUTH);
  }
}
