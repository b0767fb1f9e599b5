// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.maintenance;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Everybody reads whether the server is being maintained; owners say so. */
@Path("/maintenance")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class MaintenanceResource {
  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  /** One line; nothing that turns the direction of what follows (UAX #9). */
  private static final Pattern NOTICE =
      Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{0,200}");

  private final Maintenance maintenance;
  private final Access access;

  MaintenanceResource(Maintenance maintenance, JsonWebToken token) {
    this.maintenance = maintenance;
    access = new Access(token);
  }

  /**
   * @param locksInMinutes when what is open locks, from now; 0 to 10080, which is a week
   * @param notice what people read, at most 200 characters
   */
  public record PlanRequest(@Nullable Integer locksInMinutes, @Nullable String notice) {
    Duration untilLock() {
      Integer minutes = locksInMinutes;
      if (minutes == null || minutes < 0 || minutes > LONGEST_MINUTES) {
        throw new ProblemException(Problem.badField("locksInMinutes", "0 to " + LONGEST_MINUTES));
      }
      return Duration.ofMinutes(minutes);
    }

    String line() {
      String line = notice == null ? "" : notice.strip();
      if (!NOTICE.matcher(line).matches()) {
        throw new ProblemException(
            Problem.badField("notice", "one line of at most 200 characters"));
      }
      return line;
    }
  }

  /**
   * @param locksAt null while there is no maintenance
   */
  public record MaintenanceAnswer(@Nullable String locksAt, String notice) {
    static MaintenanceAnswer of(Optional<Plan> plan) {
      return new MaintenanceAnswer(
          plan.map(Plan::locksAt).map(Instant::toString).orElse(null),
          plan.map(Plan::notice).orElse(""));
    }
  }

  @GET
  public MaintenanceAnswer now() {
    access.requireOwn(Action.MAINTENANCE_READ);
    return MaintenanceAnswer.of(maintenance.now());
  }

  /** From now on nothing opens; again changes the time and the notice. */
  @PUT
  public MaintenanceAnswer plan(@Nullable PlanRequest request) {
    requireOwner();
    PlanRequest given = RequestBody.require(request);
    Optional<UserId> owner = Optional.of(access.user());
    return MaintenanceAnswer.of(
        Optional.of(maintenance.plan(given.untilLock(), given.line(), owner)));
  }

  /** Workspaces may open again. */
  @DELETE
  @Consumes(MediaType.WILDCARD)
  public MaintenanceAnswer end() {
    requireOwner();
    maintenance.end(Optional.of(access.user()));
    return MaintenanceAnswer.of(Optional.empty());
  }

  private void requireOwner() {
    access.require(Action.MAINTENANCE_PLAN, Resource.ofInstallation(Kind.INSTALLATION));
  }
}
