// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.postgres;

import dev.cofferdam.partidentity.PartName;
import java.security.cert.X509Certificate;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The driver's {@code sslhostnameverifier}: whatever the address, the server is PostgreSQL. The
 * handshake has seen to that already; this makes the driver's own check mean the same.
 */
public final class ServerName implements HostnameVerifier {
  @Override
  public boolean verify(String host, SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          && PartName.in(certificate).filter(PartName.POSTGRES::equals).isPresent();
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
