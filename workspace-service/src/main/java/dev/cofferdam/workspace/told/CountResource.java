// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.told;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.outbox.ToldCounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Session-service asks how far this service has told of each key, past Kafka (ADR 0046). */
@Path("/internal/counts")
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("session")
@RunOnVirtualThread
public class CountResource {
  private final ToldCounts counts;

  CountResource(ToldCounts counts) {
    this.counts = counts;
  }

  /** Those that moved since; without {@code at} none, but where to begin. */
  @GET
  public ToldCounts.Page since(
      @RestQuery @Nullable String at,
      @RestQuery @Nullable String topic,
      @RestQuery @Nullable String key) {
    return at == null ? counts.now() : counts.since(ToldCounts.Mark.parse(at, topic, key));
  }
}
