// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.door.ProblemAnswers;
import dev.cofferdam.gateway.refusal.GatewayRefusals;
import dev.cofferdam.gateway.session.IdleWatch;
import dev.cofferdam.gateway.signin.Browsers;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.terminal.protocol.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import org.jboss.logging.Logger;

/** The upgrade of {@code /api/terminal}: decided before the 101, then a {@link View}. */
@ApplicationScoped
class TerminalSocket {
  private static final Logger LOG = Logger.getLogger(TerminalSocket.class);
  private static final int BEFORE_REST = 50;
  private static final int CONNECT_MILLIS = 2000;
  private static final int PAUSE_SECONDS = 5;

  /** A whole output frame and its length in one read. */
  private static final int READ_BYTES = 128 * 1024;

  private final Upgrades upgrades;
  private final OpenViews views;
  private final Browsers browsers;
  private final SocketTickets tickets;
  private final GatewayRefusals refusals;
  private final IdleWatch idle;
  private final NetClient agents;

  TerminalSocket(
      Vertx vertx,
      Upgrades upgrades,
      OpenViews views,
      Browsers browsers,
      SocketTickets tickets,
      GatewayRefusals refusals,
      IdleWatch idle) {
    this.refusals = refusals;
    this.idle = idle;
    this.upgrades = upgrades;
    this.views = views;
    this.browsers = browsers;
    this.tickets = tickets;
    agents =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setReceiveBufferSize(READ_BYTES));
  }

  void install(@Observes Router router) {
    router.route("/api/terminal").order(BEFORE_REST).handler(this::upgrade);
  }

  private void upgrade(RoutingContext request) {
    switch (upgrades.decide(request.request())) {
      case Upgrades.Decision.Refuse refuse -> {
        if (refuse.isTold()) {
          refusals.add(Refusal.of("socket-refused", refuse.problem().slug()), request.request());
        }
        ProblemAnswers.send(request, refuse.problem());
      }
      case Upgrades.Decision.Admit admit -> admit(request, admit.grant());
    }
  }

  private void admit(RoutingContext request, SocketTickets.Grant grant) {
    UserId user = grant.browser().user();
    if (!views.reserve(user)) {
      ProblemAnswers.send(
          request,
          Problem.of("too-many-sockets", 429, "Too many terminals are shown", "Close some.")
              .againAfter(PAUSE_SECONDS));
      return;
    }
    HttpConnection connection = request.request().connection();
    Context context = request.vertx().getOrCreateContext();
    request
        .request()
        .toWebSocket()
        .onSuccess(socket -> open(new BrowserLine(socket, context, connection), grant))
        .onFailure(
            e -> {
              views.free(user);
              LOG.debugf("no socket: %s", e.getMessage());
            });
  }

  private void open(BrowserLine line, SocketTickets.Grant grant) {
    LastHeard lastHeard = new LastHeard(System::nanoTime);
    View view = new View(grant, line, lastHeard, idle, () -> views.makeRoom(grant));
    views.add(view);
    line.socket()
        .closeHandler(
            v -> {
              view.gone();
              views.remove(view);
              views.free(grant.browser().user());
            });
    line.socket().exceptionHandler(view::failed);
    view.hold();
    if (browsers.isOver(grant.browser())
        || tickets.isOver(grant)
        || !grant.isAllowed(Instant.now())) {
      // Ended while it was on its way here, so nobody else has told it.
      view.close(CloseCode.NOT_ALLOWED);
      return;
    }
    agents
        .connect(SocketAddress.domainSocketAddress(grant.session().socket()))
        .onSuccess(view::connect)
        .onFailure(e -> view.close(CloseCode.SANDBOX_GONE));
  }
}
