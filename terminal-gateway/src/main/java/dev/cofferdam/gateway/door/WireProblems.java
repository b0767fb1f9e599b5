// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.edge.ProblemResponses;
import dev.cofferdam.problems.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What the server says to what it could not read as a request, and the framework to what has no
 * address that is one (RFC 3986 section 2.1).
 */
final class WireProblems {
  private WireProblems() {}

  /**
   * The same with a problem as its body, in place of an empty one that says less. The connection is
   * to be closed then: what follows could be part of the same nonsense, and one who asked for no
   * body must not take it for the next answer.
   */
  static FullHttpResponse explained(FullHttpResponse answer) {
    Optional<Problem> problem =
        answer.content().isReadable() ? Optional.empty() : problem(answer.status());
    return problem.map(why -> explained(answer, why)).orElse(answer);
  }

  private static FullHttpResponse explained(FullHttpResponse answer, Problem problem) {
    ByteBuf body =
        Unpooled.wrappedBuffer(
            new JsonObject(ProblemResponses.fields(problem)).toBuffer().getBytes());
    FullHttpResponse told =
        new DefaultFullHttpResponse(answer.protocolVersion(), answer.status(), body);
    told.headers()
        .set(answer.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, ProblemResponses.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    answer.release();
    return told;
  }

  private static Optional<Problem> problem(HttpResponseStatus status) {
    return switch (status.code()) {
      case 400 -> Optional.of(Problem.malformed("It is no HTTP/1.1, or its address is none."));
      case 414 ->
          Optional.of(
              Problem.of(
                  "address-too-long", 414, "The address is too long", "Send less than 4 KiB."));
      case 431 ->
          Optional.of(
              Problem.of(
                  "headers-too-large", 431, "The headers are too large", "Send less than 16 KiB."));
      default -> Optional.empty();
    };
  }
}
