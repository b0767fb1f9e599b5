// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.Pem;
import dev.cofferdam.partidentity.Renewal;
import dev.cofferdam.partidentity.Signer;
import dev.cofferdam.vaultsetup.PartLogin;
import dev.cofferdam.vaultsetup.VaultRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Certificates of a real Vault, and what is spoken with them (rule T1). */
class PartIdentityIT {
  private static BaoServer bao;

  @BeforeAll
  static void start() {
    bao = BaoServer.start();
  }

  @AfterAll
  static void stop() {
    bao.close();
  }

  @Test
  void twoPartsKnowEachOtherByName() throws Exception {
    PartIdentity auth = bao.identityOf(PartName.AUTH);
    PartIdentity gateway = bao.identityOf(PartName.GATEWAY);
    Met met = meet(auth, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.3");
    assertThat(PartName.in(met.client())).contains(PartName.GATEWAY);
    assertThat(met.protocol()).isEqualTo("TLSv1.3");
    assertThat(met.cipher()).contains("GCM");
  }

  @Test
  void aRehearsalFindsAGoodCertificateGood() {
    bao.identityOf(PartName.AUTH).rehearse();
  }

  @Test
  void aPartThatIsNotAdmittedIsRefused() {
    PartIdentity auth = bao.identityOf(PartName.AUTH);
    PartIdentity session = bao.identityOf(PartName.SESSION);
    assertThatThrownBy(
            () -> meet(auth, Set.of(PartName.GATEWAY), session, PartName.AUTH, "TLSv1.3"))
        .hasMessageContaining("not admitted");
  }

  @Test
  void aPartThatStandsInForAnotherIsRefused() {
    PartIdentity workspace = bao.identityOf(PartName.WORKSPACE);
    PartIdentity gateway = bao.identityOf(PartName.GATEWAY);
    assertThatThrownBy(
            () -> meet(workspace, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.3"))
        .isInstanceOfAny(SSLException.class, SocketException.class);
  }

  @Test
  void anotherAuthoritysCertificateIsRefusedByBothEnds() {
    PartIdentity auth = bao.identityOf(PartName.AUTH);
    PartIdentity foreign = bao.foreignIdentityOf(PartName.GATEWAY);
    assertThatThrownBy(
            () -> meet(auth, Set.of(PartName.GATEWAY), foreign, PartName.AUTH, "TLSv1.3"))
        .isInstanceOfAny(SSLException.class, SocketException.class);
    PartIdentity foreignAuth = bao.foreignIdentityOf(PartName.AUTH);
    PartIdentity gateway = bao.identityOf(PartName.GATEWAY);
    assertThatThrownBy(
            () -> meet(foreignAuth, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.3"))
        .isInstanceOfAny(SSLException.class, SocketException.class);
  }

  @Test
  void nothingOlderThanTls13IsSpoken() {
    PartIdentity auth = bao.identityOf(PartName.AUTH);
    PartIdentity gateway = bao.identityOf(PartName.GATEWAY);
    assertThatThrownBy(
            () -> meet(auth, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.2"))
        .isInstanceOfAny(SSLException.class, SocketException.class);
  }

  @Test
  void aRenewedCertificateIsShownWithoutAnythingBeingMadeAnew() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    Renewal renewal =
        Renewal.begin(
            PartName.AUTH,
            Pem.certificate(bao.authority()),
            administratorsSigner(),
            Duration.ofHours(24),
            now::get);
    PartIdentity gateway = bao.identityOf(PartName.GATEWAY);
    PartIdentity auth = renewal.identity();
    assertThat(renewal.renewIfDue()).isFalse();
    Met before = meet(auth, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.3");
    now.updateAndGet(start -> start.plus(Duration.ofHours(13)));
    assertThat(renewal.renewIfDue()).isTrue();
    Met after = meet(auth, Set.of(PartName.GATEWAY), gateway, PartName.AUTH, "TLSv1.3");
    assertThat(after.server().getSerialNumber()).isNotEqualTo(before.server().getSerialNumber());
  }

  /** Nobody takes one that is yet to begin, so that nobody would speak to anybody until then. */
  @Test
  void aClockThatIsSetBackHasItMadeAnew() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    Renewal renewal =
        Renewal.begin(
            PartName.AUTH,
            Pem.certificate(bao.authority()),
            administratorsSigner(),
            Duration.ofHours(24),
            now::get);
    assertThat(renewal.renewIfDue()).isFalse();
    now.updateAndGet(start -> start.minus(Duration.ofHours(1)));
    assertThat(renewal.renewIfDue()).isTrue();
    now.updateAndGet(start -> start.plus(Duration.ofHours(1)));
    assertThat(renewal.renewIfDue()).isFalse();
  }

  @Test
  void aCertificateForAnotherNameOrKeyIsNotTaken() {
    Signer signer = administratorsSigner();
    X509Certificate authority = Pem.certificate(bao.authority());
    Signer wrongName = (part, request, life) -> signer.sign(PartName.SESSION, request, life);
    String old = signer.sign(PartName.AUTH, SomeRequest.PEM, Duration.ofHours(1));
    Signer wrongKey = (part, request, life) -> old;
    for (Signer wrong : new Signer[] {wrongName, wrongKey}) {
      assertThatThrownBy(
              () ->
                  Renewal.begin(PartName.AUTH, authority, wrong, Duration.ofHours(1), Instant::now))
          .isInstanceOf(IdentityException.class);
    }
  }

  @Test
  void aServiceSignsInWithItsOwnWrappedSecretIdOnce() {
    String token = bao.wrappedSecretId("gateway");
    assertThatThrownBy(() -> PartLogin.with(bao.address(), "auth", token))
        .isInstanceOf(VaultRefused.class)
        .hasMessageContaining("does not hold");
    try (PartLogin login = PartLogin.with(bao.address(), "gateway", token)) {
      String name = PartName.GATEWAY.commonName();
      assertThat(login.certificate("gateway", name, SomeRequest.PEM, Duration.ofHours(1)))
          .contains("BEGIN CERTIFICATE");
      assertThatThrownBy(
              () ->
                  login.certificate(
                      "auth", PartName.AUTH.commonName(), SomeRequest.PEM, Duration.ofHours(1)))
          .isInstanceOf(VaultRefused.class);
      String greedy = login.certificate("gateway", name, SomeRequest.PEM, Duration.ofHours(48));
      assertThat(Pem.certificate(greedy).getNotAfter().toInstant())
          .isBefore(Instant.now().plus(Duration.ofHours(24)).plusSeconds(1));
    }
    assertThatThrownBy(() -> PartLogin.with(bao.address(), "gateway", token))
        .isInstanceOf(VaultRefused.class);
  }

  private static Signer administratorsSigner() {
    return (part, request, life) ->
        bao.administrator()
            .write(
                "pki/sign/" + part.word(), Map.of("csr", request, "common_name", part.commonName()))
            .data()
            .path("certificate")
            .asText();
  }

  private record Met(
      X509Certificate client, X509Certificate server, String protocol, String cipher) {}

  /** A handshake over a real connection; fails as the end fails that found a fault first. */
  private static Met meet(
      PartIdentity server,
      Set<PartName> admitted,
      PartIdentity client,
      PartName expected,
      String protocol)
      throws Exception {
    try (SSLServerSocket door =
        (SSLServerSocket)
            server
                .context(admitted)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSSLParameters(PartIdentity.parameters());
      CompletableFuture<X509Certificate> seen = new CompletableFuture<>();
      Thread.startVirtualThread(() -> accept(door, seen));
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .context(Set.of(expected))
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
        socket.setEnabledProtocols(new String[] {protocol});
        shakeHands(socket, seen);
        SSLSession session = socket.getSession();
        X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
        return new Met(
            seen.handle(PartIdentityIT::orThrow).get(),
            shown,
            session.getProtocol(),
            session.getCipherSuite());
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Wrapped wrapped ? (Exception) wrapped.getCause() : e;
    }
  }

  private static void shakeHands(SSLSocket socket, CompletableFuture<?> other) throws Exception {
    try {
      socket.startHandshake();
    } catch (IOException e) {
      // What the other end has to say is the better reason, if it has seen anything.
      Eventually.within(Duration.ofSeconds(10)).until("the other end's word", other::isDone);
      throw other.isCompletedExceptionally() ? (Exception) other.exceptionNow() : e;
    }
  }

  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrapped(Throwable cause) {
      super(cause);
    }
  }

  private static X509Certificate orThrow(X509Certificate seen, Throwable failure) {
    if (failure != null) {
      throw new Wrapped(failure);
    }
    return seen;
  }

  private static void accept(SSLServerSocket door, CompletableFuture<X509Certificate> seen) {
    try (SSLSocket socket = (SSLSocket) door.accept()) {
      socket.startHandshake();
      seen.complete((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    } catch (IOException e) {
      seen.completeExceptionally(e);
    }
  }
}
