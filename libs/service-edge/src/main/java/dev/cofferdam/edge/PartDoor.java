// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.OwnIdentity;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Set;

/**
 * A service's only port, in TLS 1.3 for the parts that it names and nobody else: whoever can't show
 * one of their certificates does not get to say anything. The framework's own TLS settings are not
 * used, since they read keys from files.
 *
 * <p>A service under test is asked by its own tests, plainly; a built one is never in that mode.
 */
public abstract class PartDoor implements HttpServerOptionsCustomizer {
  private final Set<PartName> admitted;

  protected PartDoor(PartName... admitted) {
    this.admitted = Set.of(admitted);
  }

  /** The plain server becomes the one with TLS: there is no other. */
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    if (LaunchMode.current() == LaunchMode.TEST) {
      return;
    }
    PartIdentity identity = OwnIdentity.get();
    options
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(KeyCertOptions.wrap(identity.keys()))
        .setTrustOptions(TrustOptions.wrap(identity.trustIn(admitted)))
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
  }
}
