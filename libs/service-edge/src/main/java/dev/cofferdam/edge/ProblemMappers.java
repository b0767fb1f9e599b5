// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure leaves a service as a problem; what is not ours to tell stays in the log. */
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final Event<Refusal> refusals;

  ProblemMappers(Event<Refusal> refusals) {
    this.refusals = refusals;
  }

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    if (e instanceof RefusedException refused) {
      refusals.fire(refused.refusal());
    }
    if (e.problem().status() >= 500) {
      LOG.warnf("%s %s: %s", e.problem().slug(), e.problem().id(), Dependencies.cause(e));
    }
    return ProblemResponses.of(e.problem());
  }

  @ServerExceptionMapper
  public Response unknownField(UnrecognizedPropertyException e) {
    return ProblemResponses.of(Problem.badField(e.getPropertyName(), "there is no such field"));
  }

  /** Named because the framework has one of its own for this class. */
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e) {
    return badField(e);
  }

  @ServerExceptionMapper
  public Response badField(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    return ProblemResponses.of(
        path.isEmpty()
            ? Problem.malformed("The body is not the JSON that this route takes.")
            : Problem.badField(path, "not a value of the right kind"));
  }

  @ServerExceptionMapper
  public Response badJson(JsonProcessingException e) {
    return ProblemResponses.of(Problem.malformed("The body is not JSON."));
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (e.getCause() instanceof JsonMappingException json) {
      return json instanceof UnrecognizedPropertyException unknown
          ? unknownField(unknown)
          : badField(json);
    }
    if (e.getCause() instanceof JsonProcessingException json) {
      return badJson(json);
    }
    return ProblemResponses.of(
        switch (status) {
          case 401 -> Problem.signedOut();
          case 404 -> Problem.notFound("thing");
          case 405 -> Problem.of("method", 405, "Not a method of this route", "Use another one.");
          case 413 -> Problem.of("too-large", 413, "The body is too large", "Send less.");
          case 415 ->
              Problem.of("media-type", 415, "Not a format of this route", "Send application/json.");
          default ->
              status >= 500
                  ? internal(e)
                  : Problem.of(
                      "refused", status, "The request was refused", "Check what was sent.");
        });
  }

  /** No token, or one that does not verify: which of both is nobody's business. */
  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  public Response notSignedIn(SecurityException e) {
    if (Dependencies.isDown(e)) {
      return ProblemResponses.of(Problem.unavailable("auth-service"));
    }
    if (e instanceof AuthenticationFailedException) {
      refusals.fire(Refusal.of("access-token-refused", "not-good"));
    }
    return ProblemResponses.of(Problem.signedOut());
  }

  @ServerExceptionMapper
  public Response notAllowed(ForbiddenException e) {
    return ProblemResponses.of(Problem.refused("This is not yours to do."));
  }

  @ServerExceptionMapper
  public Response anything(Throwable e) {
    if (hasLeft(e)) {
      LOG.debugf(e, "who asked has left");
      return ProblemResponses.of(Problem.malformed("The connection ended before the body did."));
    }
    if (Dependencies.isDown(e)) {
      Problem problem = Problem.unavailable("A part that is needed");
      LOG.warnf("unavailable %s: %s", problem.id(), Dependencies.cause(e));
      return ProblemResponses.of(problem);
    }
    return ProblemResponses.of(internal(e));
  }

  /** Anybody can, as often as they like: that must not fill the log. */
  static boolean hasLeft(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable e = failure; e != null && seen.add(e); e = e.getCause()) {
      if (e instanceof HttpClosedException) {
        return true;
      }
    }
    return false;
  }

  private static Problem internal(Throwable e) {
    Problem problem =
        Problem.of(
            "internal", 500, "Something went wrong", "Try again; the log says more by the id.");
    LOG.errorf(e, "internal %s", problem.id());
    return problem;
  }
}
