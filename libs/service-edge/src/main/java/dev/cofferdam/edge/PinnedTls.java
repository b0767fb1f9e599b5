// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.3 by a context that shows a part's certificate and believes one other part, instead of one
 * that the client would make of keys and settings. Handshakes are worked out beside the event loop,
 * which carries terminals.
 */
final class PinnedTls extends JdkSSLEngineOptions {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final SSLContext context;

  PinnedTls(SSLContext context) {
    this.context = context;
    setUseWorkerThread(true);
  }

  @Override
  public PinnedTls copy() {
    return new PinnedTls(context);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return () ->
        new JdkSslContext(
            context,
            true,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            ApplicationProtocolConfig.DISABLED,
            ClientAuth.NONE,
            PROTOCOLS,
            false);
  }
}
