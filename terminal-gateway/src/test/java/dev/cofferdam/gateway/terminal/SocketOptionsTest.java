// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {
  private final HttpServerOptions options = new HttpServerOptions();

  @Test
  void giveUpALineThatAcknowledgesNothing() {
    new SocketOptions().customizeHttpServer(options);
    assertThat(options.getTcpUserTimeout()).isEqualTo(60_000);
  }

  @Test
  void agreeToNoCompression() {
    new SocketOptions().customizeHttpServer(options);
    assertThat(options.getPerMessageWebSocketCompressionSupported()).isFalse();
    assertThat(options.getPerFrameWebSocketCompressionSupported()).isFalse();
  }
}
