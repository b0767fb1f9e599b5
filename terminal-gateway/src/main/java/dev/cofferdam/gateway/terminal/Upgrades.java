// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.gateway.signin.Presented;
import dev.cofferdam.problems.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who gets a socket: our page, in the browser session that fetched the ticket, or the program with
 * the key that did, once. The ticket is spent whatever else is wrong with what comes here; what the
 * door has refused, such as a page of another origin, has not got here.
 */
@ApplicationScoped
class Upgrades {
  static final String SUBPROTOCOL = "coffer.terminal.v1";

  /** 16 random bytes in base64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private final PublicOrigin origin;
  private final SocketTickets tickets;

  Upgrades(PublicOrigin origin, SocketTickets tickets) {
    this.origin = origin;
    this.tickets = tickets;
  }

  sealed interface Decision {
    record Admit(SocketTickets.Grant grant) implements Decision {}

    record Refuse(Problem problem) implements Decision {
      /** Not what is merely no upgrade, or comes from nobody. */
      boolean isTold() {
        return problem.status() == 403;
      }
    }
  }

  Decision decide(HttpServerRequest request) {
    Optional<SocketTickets.Grant> grant =
        request.params().getAll("ticket").stream()
            .map(tickets::spend)
            .reduce((first, second) -> Optional.empty())
            .flatMap(one -> one);
    if (!isUpgrade(request)) {
      return refuse(
          Problem.of("no-upgrade", 426, "This is a WebSocket", "Ask for " + SUBPROTOCOL + "."));
    }
    Optional<Presented> shown = Presented.of(request);
    // Browsers always say where a socket comes from; a program with a key has no page.
    List<String> expected =
        shown.filter(Presented.OfProgram.class::isInstance).isPresent()
            ? List.of()
            : List.of(origin.text());
    if (!request.headers().getAll("Origin").equals(expected)) {
      return refuse(
          Problem.of("other-site", 403, "Only Cofferdam's own page may do this", "Wrong Origin."));
    }
    if (shown.isEmpty()) {
      return refuse(Problem.signedOut());
    }
    return grant
        .filter(g -> g.browser().key().equals(shown.get().key()))
        .<Decision>map(Decision.Admit::new)
        .orElseGet(() -> refuse(notKnown()));
  }

  /** RFC 6455 section 4.2.1, and no body: it would be taken for frames. */
  private static boolean isUpgrade(HttpServerRequest request) {
    String protocols = request.getHeader("Sec-WebSocket-Protocol");
    String key = request.getHeader("Sec-WebSocket-Key");
    return request.method().name().equals("GET")
        && request.version() == HttpVersion.HTTP_1_1
        && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
        && "13".equals(request.getHeader("Sec-WebSocket-Version"))
        && key != null
        && KEY.matcher(key).matches()
        && !hasBody(request)
        && protocols != null
        && Arrays.stream(protocols.split(",", -1)).anyMatch(p -> p.strip().equals(SUBPROTOCOL));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null && !length.equals("0");
  }

  private static Problem notKnown() {
    return Problem.of(
        "ticket-unknown",
        403,
        "The ticket is not good",
        "A ticket works once, for 30 seconds, in the browser that asked for it.");
  }

  private static Decision refuse(Problem problem) {
    return new Decision.Refuse(problem);
  }
}
