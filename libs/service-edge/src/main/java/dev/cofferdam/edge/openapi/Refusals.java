// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Which refusals a route can give, by what it is. */
final class Refusals {
  private static final String PUBLIC_DOOR = "/api/";
  private static final String BETWEEN_PARTS = "/internal/";
  private static final String SIGN_IN = "/api/sign-in";

  private Refusals() {}

  static Set<Refusal> of(String path, HttpMethod method, Operation operation) {
    Set<Refusal> refusals = EnumSet.of(Refusal.INTERNAL, Refusal.UNAVAILABLE);
    if (operation.getRequestBody() != null) {
      refusals.addAll(Set.of(Refusal.TOO_LARGE, Refusal.MEDIA_TYPE));
    }
    if (path.contains("{")) {
      refusals.add(Refusal.NOT_FOUND);
    }
    boolean isOfDoor = path.startsWith(PUBLIC_DOOR);
    if (takesSomething(operation)) {
      refusals.add(isOfDoor ? Refusal.INVALID_OR_TWO_CREDENTIALS : Refusal.INVALID);
    } else if (isOfDoor) {
      refusals.add(Refusal.TWO_CREDENTIALS);
    }
    if (isOfDoor) {
      refusals.addAll(ofDoor(path, method));
    } else if (path.startsWith(BETWEEN_PARTS)) {
      refusals.add(Refusal.NOT_ALLOWED);
    } else if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
      refusals.addAll(Set.of(Refusal.SIGNED_OUT, Refusal.NOT_ALLOWED));
    }
    return refusals;
  }

  /** What a request is answered that none of these routes is for. */
  static Set<Refusal> ofNoRoute(boolean isOfDoor) {
    return isOfDoor
        ? EnumSet.of(
            Refusal.MALFORMED_OR_TWO_CREDENTIALS,
            Refusal.NOT_OUR_PAGE,
            Refusal.ADDRESS_TOO_LONG,
            Refusal.HEADERS_TOO_LARGE,
            Refusal.NOT_FOUND,
            Refusal.METHOD,
            Refusal.NO_LENGTH,
            Refusal.TOO_LARGE,
            Refusal.MEDIA_TYPE,
            Refusal.WRONG_HOST,
            Refusal.NO_PAGE)
        : EnumSet.of(Refusal.NOT_FOUND, Refusal.METHOD, Refusal.TOO_LARGE);
  }

  private static boolean takesSomething(Operation operation) {
    return operation.getRequestBody() != null
        || Optional.ofNullable(operation.getParameters()).orElseGet(List::of).stream()
            .anyMatch(parameter -> parameter.getIn() == Parameter.In.QUERY);
  }

  /** The door looks at each request before its route does. */
  private static Set<Refusal> ofDoor(String path, HttpMethod method) {
    Set<Refusal> refusals = EnumSet.of(Refusal.WRONG_HOST, Refusal.NO_LENGTH, Refusal.TOO_LARGE);
    if (path.equals(SIGN_IN) || path.startsWith(SIGN_IN + "/")) {
      refusals.add(Refusal.NOT_OUR_PAGE);
      if (method == HttpMethod.POST && !path.endsWith("/backchannel-logout")) {
        refusals.add(Refusal.TOO_MANY_TRIES);
      }
    } else {
      refusals.addAll(Set.of(Refusal.SIGNED_OUT, Refusal.OTHER_SITE, Refusal.TOO_MANY_CREDENTIALS));
    }
    if (method != HttpMethod.GET) {
      refusals.add(Refusal.MEDIA_TYPE);
    }
    return refusals;
  }
}
