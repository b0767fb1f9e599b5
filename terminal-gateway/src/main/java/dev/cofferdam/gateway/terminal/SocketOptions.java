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

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options
        .setWebSocketSubProtocols(List.of(Upgrades.SUBPROTOCOL))
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(LARGEST_FRAME_BYTES)
        .setMaxWebSocketMessageSize(LARGEST_FRAME_BYTES)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setTcpNoDelay(true);
  }
}
