// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The same list for anybody, in nobody's name. In no build but {@link ListPrice}. */
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@IfBuildProperty(name = UncheckedList.WANTED, stringValue = "true")
public class UncheckedList {
  static final String BEHIND_THE_DOOR = "/api/unchecked";
  static final String WANTED = "test.unchecked-list";

  private final WorkspacePart workspaces;

  UncheckedList(WorkspacePart workspaces) {
    this.workspaces = workspaces;
  }

  @GET
  @Path("/unchecked")
  public List<WorkspaceAnswer> behindTheDoor() {
    return workspaces.list("");
  }

  @GET
  @Path("/ahead-of-the-door")
  public List<WorkspaceAnswer> aheadOfTheDoor() {
    return workspaces.list("");
  }
}
