// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.identity.UserId;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The list of whoever is named, without a question who asks. In no build but {@link ListPrice}. */
@Path(UncheckedList.PLACE)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@IfBuildProperty(name = UncheckedList.WANTED, stringValue = "true")
public class UncheckedList {
  static final String PLACE = "/unchecked";
  static final String WANTED = "test.unchecked-list";

  private final OwnList ownList;

  UncheckedList(OwnList ownList) {
    this.ownList = ownList;
  }

  @GET
  public List<WorkspaceResource.Answer> list(@RestQuery String owner) {
    return ownList.of(UserId.parse(owner)).stream().map(WorkspaceResource.Answer::of).toList();
  }
}
