// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.testkit.WebAuthority;
import dev.cofferdam.testkit.WebAuthority.Pair;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server as the gateway's, without its routes. */
class PublicTlsTest {
  private static final String NAME = "DNS:localhost";

  private static WebAuthority authority;
  private static Pair one;
  private static Pair two;

  private final Vertx vertx = Vertx.vertx();
  private ServerKeys keys;
  private HttpServer server;

  @BeforeAll
  static void issue() {
    authority = new WebAuthority();
    one = authority.issue(NAME);
    two = authority.issue(List.of("-newkey", "rsa:2048"), 90, NAME);
  }

  @AfterAll
  static void closeAuthority() {
    authority.close();
  }

  @BeforeEach
  void start() throws IOException {
    System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    keys = new ServerKeys(ServerCertificate.handed(handed(one)));
    HttpServerOptions options = new HttpServerOptions();
    PublicTls.with(options, keys);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request ->
                    request
                        .response()
                        .putHeader("X-Content-Type-Options", "ours")
                        .end("secure " + request.isSSL() + " " + request.version()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  private static Map<String, String> handed(Pair pair) throws IOException {
    String key = Files.readString(pair.key()).replaceAll("-----.*-----|\\s", "");
    return Map.of(
        ServerCertificate.CHAIN, Files.readString(pair.certificate()), ServerCertificate.KEY, key);
  }

  private SSLSocket connect(String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            authority.believed().getSocketFactory().createSocket("localhost", server.actualPort());
    socket.setSoTimeout(5000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  private static String ask(SSLSocket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Test
  void speaksTls13WithAClientThatBelievesTheAuthority() throws IOException {
    try (SSLSocket socket = connect()) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
      assertThat(shown(socket)).isEqualTo(one.first());
      assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("HTTP/1.1 200")
          .endsWith("secure true HTTP_1_1");
    }
  }

  @Test
  void speaksNothingOlder() {
    assertThatThrownBy(() -> connect("TLSv1.2")).isInstanceOf(SSLException.class);
  }

  @Test
  void doesNotAnswerPlainRequests() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).doesNotContain("HTTP");
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void hasTheHeadersOfEveryAnswerAlsoOnWhatIsNoRequest() throws IOException {
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, "GARBAGE\r\n\r\n"))
          .containsPattern("^HTTP/1.. 400 ")
          .contains("X-Content-Type-Options: nosniff");
    }
  }

  @Test
  void showsTheNextCertificateToNewConnectionsAndKeepsTheOldOnes() throws IOException {
    try (SSLSocket old = connect()) {
      take(HandoverLine.write(handed(two)));
      try (SSLSocket fresh = connect()) {
        assertThat(shown(fresh)).isEqualTo(two.first());
      }
      assertThat(shown(old)).isEqualTo(one.first());
      assertThat(ask(old, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("HTTP/1.1 200");
    }
  }

  @Test
  void keepsTheOneBeforeIfWhatIsHandedOverIsNone() throws IOException {
    take(HandoverLine.write(Map.of(ServerCertificate.CHAIN, "nonsense")));
    take(HandoverLine.write(Map.of(HandedCertificates.NOTICE, "it ends soon")));
    take("nonsense");
    try (SSLSocket fresh = connect()) {
      assertThat(shown(fresh)).isEqualTo(one.first());
    }
  }

  private void take(String line) {
    new HandedCertificates(new ByteArrayInputStream((line + "\n").getBytes(UTF_8)), keys).takeAll();
  }

  @Test
  void saysNothingOfAKeyItCantRead() throws IOException {
    Map<String, String> crossed =
        Map.of(
            ServerCertificate.CHAIN,
            Files.readString(one.certificate()),
            ServerCertificate.KEY,
            "dGVsbC10YWxl");
    assertThatThrownBy(() -> ServerCertificate.handed(crossed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("tell-tale")
        .hasNoCause();
    assertThat(ServerCertificate.handed(handed(one)).toString())
        .doesNotContain(handed(one).get(ServerCertificate.KEY));
  }
}
