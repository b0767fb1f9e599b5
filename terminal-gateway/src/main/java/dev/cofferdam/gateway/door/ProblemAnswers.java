// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.edge.ProblemResponses;
import dev.cofferdam.problems.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Problems as answers of handlers outside REST. */
public final class ProblemAnswers {
  private ProblemAnswers() {}

  public static void send(RoutingContext request, Problem problem) {
    HttpServerResponse answer = request.response();
    if (answer.ended() || answer.headWritten()) {
      return;
    }
    problem
        .retryAfterSeconds()
        .ifPresent(s -> answer.putHeader("Retry-After", Integer.toString(s)));
    answer
        .setStatusCode(problem.status())
        .putHeader("Content-Type", ProblemResponses.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    answer.end(new JsonObject(ProblemResponses.fields(problem)).toBuffer());
  }
}
