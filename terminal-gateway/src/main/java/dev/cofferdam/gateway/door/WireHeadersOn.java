// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Netty looks for its extensions only if it is told to, once, before the first server starts. */
@Singleton
class WireHeadersOn implements HttpServerOptionsCustomizer {
  private final PublicOrigin origin;

  WireHeadersOn(PublicOrigin origin) {
    this.origin = origin;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    WireHeaders.use(new SecurityHeaders(origin.isSecure()));
    System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }
}
