// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Netty looks for its extensions only if it is told to, once, before the first connection of any
 * kind: so ahead of all that ask another part when this one starts.
 */
@Singleton
class WireHeadersOn implements HttpServerOptionsCustomizer {
  private static final int FIRST = 1;
  private final PublicOrigin origin;

  WireHeadersOn(PublicOrigin origin) {
    this.origin = origin;
  }

  void start(@Observes @Priority(FIRST) StartupEvent event) {
    System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    WireHeaders.use(new SecurityHeaders(origin.isSecure()));
  }
}
