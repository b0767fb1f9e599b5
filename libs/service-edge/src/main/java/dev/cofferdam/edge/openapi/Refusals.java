// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;

/** Which refusals a route can give, by what it is. */
final class Refusals {
  private static final String PUBLIC_DOOR = "/api/";
  private static final String BETWEEN_PARTS = "/internal/";

  private Refusals() {}

  static Set<Refusal> of(String path, HttpMethod method, Operation operation) {
    Set<Refusal> refusals = EnumSet.of(Refusal.INTERNAL, Refusal.UNAVAILABLE);
    if (operation.getRequestBody() != null) {
      refusals.addAll(Set.of(Refusal.INVALID, Refusal.TOO_LARGE, Refusal.MEDIA_TYPE));
    }
    if (path.contains("{")) {
      refusals.add(Refusal.NOT_FOUND);
    }
    if (path.startsWith(PUBLIC_DOOR)) {
      refusals.addAll(ofDoor(path, method));
    } else if (path.startsWith(BETWEEN_PARTS)) {
      refusals.add(Refusal.NOT_ALLOWED);
    } else if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
      refusals.addAll(Set.of(Refusal.SIGNED_OUT, Refusal.NOT_ALLOWED));
    }
    return refusals;
  }

  private static Set<Refusal> ofDoor(String path, HttpMethod method) {
    Set<Refusal> refusals = EnumSet.of(Refusal.WRONG_HOST, Refusal.OTHER_SITE);
    if (!path.startsWith("/api/sign-")) {
      refusals.add(Refusal.SIGNED_OUT);
    }
    if (method != HttpMethod.GET) {
      refusals.addAll(Set.of(Refusal.NO_LENGTH, Refusal.TOO_LARGE, Refusal.MEDIA_TYPE));
    }
    return refusals;
  }
}
