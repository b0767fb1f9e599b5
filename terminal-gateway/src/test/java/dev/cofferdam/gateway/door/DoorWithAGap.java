// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.gateway.refusal.GatewayRefusals;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.vertx.http.runtime.filters.Filter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The door, with one route that everybody is let through to; what the door writes on answers is on
 * that one's too. In no build but that of a price, where {@link Door} is left out.
 */
@Singleton
@IfBuildProperty(name = DoorWithAGap.WANTED, stringValue = "true")
public class DoorWithAGap extends Door {
  public static final String WANTED = "test.door-with-a-gap";
  public static final String GAP = "/api/ahead-of-the-door";

  private final SecurityHeaders headers;

  DoorWithAGap(
      PublicOrigin origin, OtherOrigins others, TrustedProxies proxies, GatewayRefusals refusals) {
    super(origin, others, proxies, refusals);
    headers = new SecurityHeaders(origin.isSecure());
  }

  @Override
  void install(@Observes Filters filters) {
    Filters ofDoor = new Filters();
    super.install(ofDoor);
    Filter door = ofDoor.getFilters().getFirst();
    filters.register(request -> enter(request, door.getHandler()), door.getPriority());
  }

  private void enter(RoutingContext request, Handler<RoutingContext> door) {
    if (!request.request().path().equals(GAP)) {
      door.handle(request);
      return;
    }
    headers.put(request.response()::putHeader);
    request.response().putHeader("Cache-Control", "no-store");
    request.next();
  }
}
