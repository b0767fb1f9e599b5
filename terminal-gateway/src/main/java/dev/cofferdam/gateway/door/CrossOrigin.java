// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.problems.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link OtherOrigins} are answered beside the answer itself (fetch.spec.whatwg.org, 3.3):
 * that their page may read it, and before a request, that it may be sent. Never that it may be sent
 * with credentials: without that word no browser lets a page read what a cookie gets.
 */
final class CrossOrigin {
  private static final String VARY = "Vary";
  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final String KEY = "authorization";
  private static final Set<String> ALLOWED = Set.of(KEY, "content-type");
  private static final String TEN_MINUTES = "600";

  private final OtherOrigins others;

  CrossOrigin(OtherOrigins others) {
    this.others = others;
  }

  /** On every answer, refusals too: without it a page can't tell why. */
  void mark(Asked asked, MultiMap headers) {
    if (others.exist() && asked.isApi()) {
      headers.add(VARY, "Origin");
    }
    if (others.include(asked)) {
      headers.set("Access-Control-Allow-Origin", asked.origins().getFirst());
      headers.set("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  /** Whether a browser asks for one of them before it sends something. */
  boolean isPreflight(Asked asked, HttpServerRequest request) {
    return asked.method().equals("OPTIONS")
        && others.include(asked)
        && request.headers().contains(METHOD);
  }

  /** Why that must not be sent: another method or header, or no key. */
  Optional<Problem> refusal(HttpServerRequest request) {
    List<String> methods = request.headers().getAll(METHOD);
    List<String> names =
        request.headers().getAll(HEADERS).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    boolean fits =
        methods.size() == 1
            && DoorRules.METHODS.contains(methods.getFirst())
            && names.contains(KEY)
            && ALLOWED.containsAll(names);
    return fits ? Optional.empty() : Optional.of(DoorRules.otherSite());
  }

  void allow(HttpServerRequest request) {
    HttpServerResponse answer = request.response();
    answer.headers().add(VARY, METHOD).add(VARY, HEADERS);
    answer
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", request.getHeader(METHOD))
        .putHeader("Access-Control-Allow-Headers", "authorization, content-type")
        .putHeader("Access-Control-Max-Age", TEN_MINUTES)
        .end();
  }
}
