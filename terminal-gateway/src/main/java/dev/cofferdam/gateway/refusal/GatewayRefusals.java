// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.refusal;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.gateway.limit.ClientAddress;
import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.refusals.Tally;
import dev.cofferdam.refusals.Teller;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what is refused here, by the door, a socket or a decision, and has auth-service tell it.
 * While that is away it is counted on, in the bounds of a {@link Tally}.
 */
@ApplicationScoped
public class GatewayRefusals {
  /** What auth-service takes in one call. */
  private static final int MOST_AT_ONCE = 100;

  private final AuthPart auth;
  private final ClientAddress clients;
  private final CurrentVertxRequest current;
  private final Teller teller;

  GatewayRefusals(AuthPart auth, ClientAddress clients, CurrentVertxRequest current) {
    this.auth = auth;
    this.clients = clients;
    this.current = current;
    teller = new Teller(InstantSource.system(), this::tell);
  }

  void start(@Observes StartupEvent event) {
    teller.start();
  }

  void stop(@Observes ShutdownEvent event) {
    teller.close();
  }

  /** Of a request that REST answers. */
  void take(@Observes Refusal refusal) {
    RoutingContext request = current.getCurrent();
    if (request == null) {
      teller.add(refusal);
    } else {
      add(refusal, request.request());
    }
  }

  /** Of no request at all. */
  public void add(Refusal refusal) {
    teller.add(refusal);
  }

  /** Of a request that never gets to REST. */
  public void add(Refusal refusal, HttpServerRequest request) {
    String browser = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
    teller.add(refusal.from(clients.of(request), browser));
  }

  private void tell(List<Tally.Told> all) {
    for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
      List<Map<String, Object>> some =
          all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)).stream()
              .map(told -> line(told.event()))
              .toList();
      auth.asPart("POST", "/internal/refusals", Map.of("refusals", some));
    }
  }

  private static Map<String, Object> line(SecurityEvent.Refused event) {
    Map<String, Object> line = new HashMap<>();
    line.put("id", event.id().toString());
    line.put("at", event.at().toString());
    line.put("what", event.what());
    line.put("why", event.why());
    line.put("subject", event.subject());
    event.asker().user().map(UserId::toString).ifPresent(user -> line.put("userId", user));
    line.put("credential", event.asker().credential());
    line.put("address", event.asker().address());
    line.put("count", event.count());
    return line;
  }
}
