// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.terminal.protocol.Limits;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** What the server must know of our sockets before there is one. */
@Singleton
class SocketOptions implements HttpServerOptionsCustomizer {
  /** Above our own bound, so that a frame that is a little too large is answered by us. */
  private static final int LARGEST_FRAME_BYTES = 2 * Limits.LARGEST_FRAME_BYTES;

  private static final int CLOSING_SECONDS = 1;

  /**
   * What is sent and not acknowledged for so long has nobody to take it: the other side of a page's
   * event stream says nothing by which it could be missed (RFC 5482). As long as any connection may
   * be idle.
   */
  private static final int UNACKNOWLEDGED_MILLIS = 60_000;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options
        .setWebSocketSubProtocols(List.of(Upgrades.SUBPROTOCOL))
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(LARGEST_FRAME_BYTES)
        .setMaxWebSocketMessageSize(LARGEST_FRAME_BYTES)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS)
        .setTcpNoDelay(true);
  }
}
