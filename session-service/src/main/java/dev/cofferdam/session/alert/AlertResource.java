// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What somebody should look at, for owners and auditors; owners close them. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class AlertResource {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final AlertStore store;
  private final Alerts alerts;
  private final Access access;

  AlertResource(AlertStore store, Alerts alerts, JsonWebToken token) {
    this.store = store;
    this.alerts = alerts;
    // Alerts are about the installation, and each page asks for them: that is no look at others.
    access = new Access(token, look -> {});
  }

  /**
   * The newest first.
   *
   * @param open how many are open, on this page or not
   * @param next what to give as {@code before} for the page behind this one; null at the end
   */
  public record AlertPage(List<AlertAnswer> alerts, long open, @Nullable Long next) {}

  @GET
  @Transactional
  public AlertPage page(
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String limit) {
    access.require(Action.AUDIT_READ, Resource.ofInstallation(Kind.INSTALLATION));
    int most = limit == null ? USUAL_PAGE : (int) number("limit", limit, LARGEST_PAGE);
    long below = before == null ? Long.MAX_VALUE : number("before", before, Long.MAX_VALUE);
    List<Alert> found = store.list(isOpen(state), below, most);
    long open = store.open().values().stream().mapToLong(Long::longValue).sum();
    return new AlertPage(
        found.stream().map(AlertAnswer::of).toList(),
        open,
        found.size() < most ? null : found.getLast().number());
  }

  /** Somebody has dealt with it; a second time changes nothing. */
  @POST
  @Path("/{id}/close")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(responseCode = "200", description = "It is closed")
  @APIResponse(responseCode = "404", description = "There is no such alert (not-found)")
  public AlertAnswer close(@RestPath String id) {
    access.require(Action.ALERT_CLOSE, Resource.ofInstallation(Kind.INSTALLATION));
    return AlertAnswer.of(alerts.close(known(id), access.user()));
  }

  private static boolean isOpen(@Nullable String state) {
    return switch (state) {
      case null -> true;
      case "open" -> true;
      case "closed" -> false;
      default -> throw new ProblemException(Problem.badField("state", "open or closed"));
    };
  }

  private static UUID known(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.notFound("alert"), e);
    }
    throw new ProblemException(Problem.notFound("alert"));
  }

  private static long number(String field, String text, long highest) {
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new ProblemException(Problem.badField(field, "a whole number"), e);
    }
    throw new ProblemException(Problem.badField(field, "from 1 to " + highest));
  }
}
