// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether sign-ins still hold. The gateway asks about those that something is open for, so that
 * none outlives its end when events are late; services about those whose tokens they see first.
 */
@Path("/internal/over")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller({"gateway", "session", "workspace"})
@RunOnVirtualThread
public class OverResource {
  private static final int MOST = 1000;

  private final Devices devices;

  OverResource(Devices devices) {
    this.devices = devices;
  }

  public record OverRequest(@Nullable List<String> signIns) {}

  /**
   * @param ended those that do not hold
   * @param reasons why, of those of which it is known: the word that their event has
   */
  public record OverAnswer(List<UUID> ended, Map<UUID, String> reasons) {
    static OverAnswer of(Map<UUID, String> over) {
      Map<UUID, String> known = new LinkedHashMap<>(over);
      known.values().removeIf(String::isEmpty);
      return new OverAnswer(List.copyOf(over.keySet()), known);
    }
  }

  @POST
  public OverAnswer over(@Nullable OverRequest body) {
    List<String> asked = RequestBody.require(body).signIns();
    if (asked == null || asked.size() > MOST) {
      throw new ProblemException(Problem.badField("signIns", "at most 1000 ids"));
    }
    return OverAnswer.of(devices.over(asked.stream().map(OverResource::id).toList()));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("signIns", "ids"), e);
    }
  }
}
