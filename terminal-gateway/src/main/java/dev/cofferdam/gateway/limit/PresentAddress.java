// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Where the request comes from that this thread works for; empty if it works for none. Services are
 * told with each call, so that they can say from where what they do was asked for.
 */
@Singleton
public class PresentAddress implements Supplier<String> {
  private final CurrentVertxRequest current;
  private final ClientAddress clients;

  PresentAddress(CurrentVertxRequest current, ClientAddress clients) {
    this.current = current;
    this.clients = clients;
  }

  @Override
  public String get() {
    if (!Arc.container().requestContext().isActive()) {
      return "";
    }
    RoutingContext request = current.getCurrent();
    return request == null ? "" : clients.of(request.request());
  }
}
