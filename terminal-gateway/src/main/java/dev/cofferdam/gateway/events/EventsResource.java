// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What happens to one's sessions and workspaces, as it happens. */
@Path("/api/events")
public class EventsResource {
  private final EventFeed feed;
  private final Listeners listeners;
  private final Visitor visitor;

  EventsResource(EventFeed feed, Listeners listeners, Visitor visitor) {
    this.feed = feed;
    this.listeners = listeners;
    this.visitor = visitor;
  }

  @GET
  @Blocking
  @RunOnVirtualThread
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Events of one's own sessions and workspaces, as server-sent events")
  @APIResponse(
      responseCode = "200",
      description = "Named session or workspace, JSON each",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = PageEvent.class)))
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "429", description = "Too many pages are open (too-many-pages)")
  public Multi<OutboundSseEvent> events(@Context Sse sse) {
    visitor.access().requireOwn(Action.EVENTS_FOLLOW);
    if (!feed.isCurrent()) {
      throw new ProblemException(Problem.unavailable("Kafka"));
    }
    return listeners.listen(visitor.browser()).map(event -> told(sse, event));
  }

  private static OutboundSseEvent told(Sse sse, Optional<PageEvent> event) {
    return event
        .map(
            e ->
                sse.newEventBuilder()
                    .name(e.type())
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(e)
                    .build())
        .orElseGet(() -> sse.newEventBuilder().comment("still here").build());
  }
}
