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
  private static final ScopedValue<String> CARRIED = ScopedValue.newInstance();

  private final CurrentVertxRequest current;
  private final ClientAddress clients;

  PresentAddress(CurrentVertxRequest current, ClientAddress clients) {
    this.current = current;
    this.clients = clients;
  }

  /** For work that another thread does for the present request. */
  public <T> Supplier<T> carriedInto(Supplier<T> work) {
    String here = get();
    return () -> as(here, work);
  }

  /** For work that is done later for a request that came from there. */
  public <T> T as(String address, Supplier<T> work) {
    return ScopedValue.where(CARRIED, address).call(work::get);
  }

  @Override
  public String get() {
    if (CARRIED.isBound()) {
      return CARRIED.get();
    }
    if (!Arc.container().requestContext().isActive()) {
      return "";
    }
    RoutingContext request = current.getCurrent();
    return request == null ? "" : clients.of(request.request());
  }
}
