// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With certificates that last for less than a minute the product goes on as if for ever. */
@Tag("quiet")
class RenewalIT {
  private static final Duration LIFE = Duration.ofSeconds(40);

  @Test
  void outlivesItsFirstCertificatesWithoutARestart() throws Exception {
    try (Coffer coffer = Coffer.up("stack:coffer.identity.life=" + LIFE);
        Certificates certificates = new Certificates(coffer)) {
      Instant firstAreGone = Instant.now().plus(LIFE).plusSeconds(5);
      ApiClient owner = ApiClient.signedIn(coffer);
      PartIdentity gateway = certificates.of(PartName.GATEWAY);
      for (String name : List.of("auth-service", "session-service", "workspace-service", "kafka")) {
        Await.until(
            "a later certificate of " + name,
            Duration.ofSeconds(90),
            () -> shown(coffer, name, gateway).getNotAfter().toInstant().isAfter(firstAreGone));
      }
      Await.until(
          "the first ones to have ended",
          Duration.ofSeconds(60),
          () -> Instant.now().isAfter(firstAreGone));
      String workspace = owner.createWorkspace("still here");
      owner.lock(owner.unlock(workspace));
      assertThat(coffer.parts())
          .allSatisfy(part -> assertThat(part.isReady()).as(part.name()).isTrue())
          .allSatisfy(part -> assertThat(part.restarts()).as(part.name()).isZero());
    }
  }

  private static X509Certificate shown(Coffer coffer, String name, PartIdentity as) {
    int port = coffer.part(name).port();
    try (SSLSocket socket =
        (SSLSocket)
            as.context(Set.of(PartName.ofService(name)))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
