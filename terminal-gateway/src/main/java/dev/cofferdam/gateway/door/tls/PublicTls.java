// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door.tls;

import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.gateway.door.TrustedProxies;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * The public port speaks TLS 1.3 if a certificate was handed over, and only that: a plain request
 * is not answered. Without one it listens on loopback for a localhost origin, or for the proxies
 * that terminate TLS; there is no third way (ADR 0017).
 */
@Singleton
public class PublicTls implements HttpServerOptionsCustomizer {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private final PublicOrigin origin;
  private final TrustedProxies proxies;
  private final Config config;

  PublicTls(PublicOrigin origin, TrustedProxies proxies, Config config) {
    this.origin = origin;
    this.proxies = proxies;
    this.config = config;
  }

  /** The plain server becomes the one with TLS: there is no other. */
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    Optional<String> chain = config.getOptionalValue(ServerCertificate.CHAIN, String.class);
    if (chain.isEmpty()) {
      requireSafeWithout(options.getHost());
      return;
    }
    String key = config.getOptionalValue(ServerCertificate.KEY, String.class).orElse("");
    ServerKeys keys =
        new ServerKeys(
            ServerCertificate.handed(
                Map.of(ServerCertificate.CHAIN, chain.get(), ServerCertificate.KEY, key)));
    with(options, keys);
    new HandedCertificates(System.in, keys).follow();
  }

  static void with(HttpServerOptions options, ServerKeys keys) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
        .setKeyCertOptions(KeyCertOptions.wrap(keys))
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  private void requireSafeWithout(String host) {
    if (origin.isSecure() && !proxies.exist()) {
      throw new IllegalStateException(
          "coffer.public.origin is https, but there is neither a certificate nor a proxy in"
              + " coffer.trusted-proxies that terminates TLS");
    }
    if (!origin.isSecure() && !LOOPBACK.contains(host)) {
      throw new IllegalStateException(
          "quarkus.http.host: plain HTTP is served on loopback alone, not on " + host);
    }
  }
}
