// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The running product's inner doors, tried with every part's certificate, with none, with another
 * authority's and in plain words (rule T1). Whoever has the unseal key can have all certificates:
 * that is how this test gets them.
 */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustIT {
  private static final List<String> SERVICES =
      List.of("auth-service", "session-service", "workspace-service");

  /** Who may knock where. */
  private static final Map<String, Set<PartName>> ADMITTED =
      Map.of(
          "auth-service",
          Set.of(PartName.GATEWAY, PartName.SESSION, PartName.WORKSPACE, PartName.STACK),
          "session-service",
          Set.of(PartName.GATEWAY, PartName.STACK),
          "workspace-service",
          Set.of(PartName.GATEWAY, PartName.SESSION));

  /** A route for other parts of each service. */
  private static final Map<String, String> INTERNAL =
      Map.of(
          "auth-service",
          "/internal/links",
          "session-service",
          "/internal/leases",
          "workspace-service",
          "/internal/grants");

  private final Map<PartName, PartIdentity> identities = new EnumMap<>(PartName.class);
  private Coffer coffer;

  @BeforeAll
  void collect(Coffer running) {
    coffer = running;
    try (Certificates certificates = new Certificates(coffer)) {
      for (PartName part : PartName.values()) {
        identities.put(part, certificates.of(part));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-service", "session-service", "workspace-service"})
  void aDoorOpensForThePartsItNamesAlone(String service) {
    Set<PartName> in = new TreeSet<>();
    for (PartName part : PartName.values()) {
      try {
        // Without the credential of this start nobody gets further than this.
        assertThat(ask(part, service, INTERNAL.get(service))).as(part.word()).isEqualTo(403);
        in.add(part);
      } catch (IOException e) {
        // Closed before a word was said.
        assertThat(e).as(part.word()).isNotInstanceOf(java.net.http.HttpTimeoutException.class);
      }
    }
    assertThat(in).isEqualTo(new TreeSet<>(ADMITTED.get(service)));
  }

  private int ask(PartName as, String service, String path) throws IOException {
    PartName other = PartName.ofService(service);
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    try (HttpClient http = identities.get(as).connecting(builder, other).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:" + coffer.part(service).port() + path))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-service", "session-service", "workspace-service", "kafka"})
  void withoutACertificateNothingIsHeard(String part) {
    assertThatThrownBy(() -> exchange(part, null, "TLSv1.3")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-service", "session-service", "workspace-service", "kafka"})
  void nothingOlderThanTls13IsSpoken(String part) {
    for (String old : List.of("TLSv1.2", "TLSv1.1")) {
      assertThatThrownBy(() -> exchange(part, PartName.GATEWAY, old))
          .as(old)
          .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
    }
  }

  /** A handshake as somebody who believes everything, and a request, and the first byte back. */
  private void exchange(String part, @org.jspecify.annotations.Nullable PartName as, String tls)
      throws Exception {
    SSLContext context =
        as == null ? credulous() : identities.get(as).context(Set.of(PartName.values()));
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), coffer.part(part).port())) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {tls});
      socket.startHandshake();
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() < 0) {
        throw new IOException("closed");
      }
    }
  }

  private static SSLContext credulous() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
    return context;
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void plainWordsAreNotAnswered() throws IOException {
    for (String service : SERVICES) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), coffer.part(service).port())) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write("GET /health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(16);
        assertThat(new String(answer, StandardCharsets.US_ASCII))
            .as(service)
            .doesNotContain("HTTP");
      } catch (java.net.SocketException e) {
        // Closed in the middle of it.
        assertThat(e).hasMessageContaining("reset");
      }
    }
  }

  /** A start-up packet without TLS before it: PostgreSQL manual, chapters 54.2 and 54.8. */
  @ParameterizedTest
  @ValueSource(strings = {"coffer_auth", "coffer_session", "coffer_workspace", "coffer"})
  void postgresqlRefusesWhoeverAsksInPlainWords(String role) throws IOException {
    byte[] names = ("user\0" + role + "\0database\0coffer\0\0").getBytes(StandardCharsets.US_ASCII);
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), coffer.part("postgres").port())) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(8 + names.length);
      out.writeInt(196608);
      out.write(names);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("E").contains("\0C28000\0").contains("no encryption");
    }
  }

  @Test
  void noKeyOfACertificateLiesOnTheDisk() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    // All such keys begin alike: 36 bytes in front of the number.
    byte[] head = Arrays.copyOf(key, 36);
    Needles keys =
        new Needles()
            .add("DER", head)
            .add("base64", Base64.getEncoder().encode(head))
            .add("PEM", "-----BEGIN PRIVATE KEY".getBytes(StandardCharsets.US_ASCII));
    for (Path file : Trees.files(coffer.data())) {
      assertThat(keys.in(file)).as(file.toString()).isEmpty();
    }
  }
}
