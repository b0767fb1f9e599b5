// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.cofferdam.testkit.WebAuthority;
import dev.cofferdam.testkit.WebAuthority.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product as it is put on a network: with certificate files, and behind a proxy. */
@Tag("side-by-side")
class PublicDoorIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NAME = "DNS:localhost";
  private static final String HSTS = "max-age=63072000; includeSubDomains";

  private static WebAuthority authority;

  @TempDir Path folder;

  @BeforeAll
  static void found() {
    authority = new WebAuthority();
  }

  @AfterAll
  static void close() {
    authority.close();
  }

  private Path certificate() {
    return folder.resolve("fullchain.pem");
  }

  private Path key() {
    return folder.resolve("privkey.pem");
  }

  /** As certbot does: each name becomes a link to the next file in one step. */
  private void turnTo(Pair pair) throws IOException {
    turn(certificate(), pair.certificate());
    turn(key(), pair.key());
  }

  private static void turn(Path link, Path to) throws IOException {
    Path next = Path.of(link + ".next");
    Files.createSymbolicLink(next, to);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> words(int port) {
    return List.of(
        "--origin",
        "https://localhost:" + port,
        "--tls-cert",
        certificate().toString(),
        "--tls-key",
        key().toString());
  }

  @Test
  void servesHttpsAndTakesTheNextCertificateWhileTerminalsGoOn() throws IOException {
    Pair one = authority.issue(NAME);
    Pair two = authority.issue(List.of("-newkey", "rsa:2048"), 90, NAME);
    turnTo(one);
    try (Coffer coffer = Coffer.up(this::words)) {
      assertThat(coffer.link()).startsWith("https://localhost:" + coffer.port() + "/sign-in#");
      assertThat(shown(coffer)).isEqualTo(one.first());
      assertPlainIsNotAnswered(coffer);
      assertWorksInABrowser(coffer);
      ApiClient owner = ApiClient.signedIn(coffer, authority.believed());
      assertKeepsToHttps(owner);
      String session = owner.unlock(owner.createWorkspace("over TLS"));
      try (Line line = Line.toNewTerminal(owner, session)) {
        turnTo(two);
        Await.until("the next certificate", SOON, () -> shown(coffer).equals(two.first()));
        line.enter("echo still the sa''me");
        line.awaitText("still the same");
        assertKeepsWhatIsGood(coffer, two);
        line.enter("echo to the e''nd");
        line.awaitText("to the end");
      }
      owner.lock(session);
      assertThat(coffer.part("terminal-gateway").restarts()).isZero();
      for (Pair pair : List.of(one, two)) {
        assertIsOnNoDisk(coffer, pair);
      }
    }
  }

  /** The browser is told to take any certificate: it has a list of authorities of its own. */
  private static void assertWorksInABrowser(Coffer coffer) {
    try (Chromium chromium = new Chromium();
        Person person =
            new Person(chromium, new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
      person.signIn(coffer.freshLink());
      person.createWorkspace("in a browser");
      person.unlock();
      person.see("lock").first().click();
      assertThat(person.context().cookies().getFirst().secure).isTrue();
    }
  }

  private static X509Certificate shown(Coffer coffer) {
    try (SSLSocket socket =
        (SSLSocket)
            authority
                .believed()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), coffer.port())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertPlainIsNotAnswered(Coffer coffer) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), coffer.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: localhost:" + coffer.port() + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .doesNotContain("HTTP");
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  /** Pages, refusals, and what is no request at all. */
  private static void assertKeepsToHttps(ApiClient owner) {
    for (Request request :
        List.of(
            owner.get("/"),
            owner.get("/api/me"),
            owner.get("/api/nowhere"),
            owner.get("/api/me").with("Host", "evil.example"),
            owner.get("/api/me").with("Origin", owner.origin().replace("https", "http")),
            owner.get("/api/me").without("Cookie"),
            owner.get("/" + "a".repeat(9000)),
            owner.get("/api/me").with("X-Large", "a".repeat(20_000)))) {
      Reply reply = owner.send(request);
      assertThat(reply.header("strict-transport-security"))
          .as("%s\n%s", request.target(), reply)
          .contains(HSTS);
    }
  }

  private void assertKeepsWhatIsGood(Coffer coffer, Pair good) throws IOException {
    turn(key(), authority.issue(NAME).key());
    Await.until(
        "a notice",
        SOON,
        () -> coffer.command("status").run().out().contains("stays the one before"));
    assertThat(shown(coffer)).isEqualTo(good.first());
    assertThat(coffer.command("logs").and("terminal-gateway").run().out())
        .contains("stays the one before");
    turnTo(good);
    Await.until(
        "no notice",
        SOON,
        () -> !coffer.command("status").run().out().contains("stays the one before"));
  }

  /** Nor in an argument. */
  private static void assertIsOnNoDisk(Coffer coffer, Pair pair) throws IOException {
    String text = Files.readString(pair.key()).replaceAll("-----.*-----|\\s", "");
    String der = new String(Base64.getDecoder().decode(text), ISO_8859_1);
    String secret = der.substring(der.length() / 2);
    assertThat(Processes.mentioning(text)).isEmpty();
    try (Stream<Path> files = Files.walk(coffer.data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(content.contains(secret) || content.contains(text.substring(32, 96)))
            .as(file.toString())
            .isFalse();
      }
    }
  }

  @Test
  void behindAProxyOnlyItIsAnswered() {
    try (Coffer coffer =
        Coffer.up(
            port ->
                List.of("--origin", "https://localhost:" + port, "--behind-proxy", "127.0.0.1"))) {
      ApiClient direct = ApiClient.stranger(coffer);
      String token = URI.create(coffer.freshLink()).getFragment();
      Request signIn = direct.post("/api/sign-in", "{\"token\":\"" + token + "\"}");
      for (Request refused :
          List.of(
              signIn,
              signIn.with("X-Forwarded-Proto", "http"),
              signIn.with("X-Forwarded-Proto", "https, http"),
              signIn.with("X-Forwarded-Proto", "https").with("Host", "localhost"),
              direct.get("/"))) {
        Reply reply = direct.send(refused);
        assertThat(reply.status()).as("%s\n%s", refused, reply).isEqualTo(421);
        assertThat(reply.isProblem()).isTrue();
        assertThat(reply.header("set-cookie")).isEmpty();
        assertThat(reply.header("strict-transport-security")).contains(HSTS);
      }
      Reply carried = direct.send(signIn.with("X-Forwarded-Proto", "https"));
      assertThat(carried.status()).as(carried.toString()).isEqualTo(204);
      assertThat(carried.header("set-cookie")).isPresent();
      assertThat(carried.header("strict-transport-security")).contains(HSTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--listen 0.0.0.0, --origin",
    "--listen 0.0.0.0 --origin http://localhost:8484, --tls-cert",
    "--origin http://coffer.example, https://",
    "--origin https://coffer.example, --behind-proxy",
    "--origin https://coffer.example --behind-proxy 0.0.0.0/0, --behind-proxy",
    "--origin https://coffer.example --tls-cert /nowhere.pem --tls-key /nowhere.key, --tls-"
  })
  void refusesInOneLineBeforeAnythingIsStarted(String words, String fix) {
    assertRefused(List.of(words.split(" ")), fix);
  }

  @Test
  void refusesAKeyThatOthersMayReadAndACertificateForAnotherName() throws IOException {
    Pair pair = authority.issue("DNS:other.example");
    turnTo(pair);
    assertRefused(words(8484), "is not for localhost");
    Files.setPosixFilePermissions(
        pair.key(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(words(8484), "chmod 600");
  }

  private void assertRefused(List<String> words, String fix) {
    Path data = folder.resolve("data");
    Command.Result result =
        new Command("up", "--detach", "--data", data.toString())
            .and(words.toArray(String[]::new))
            .run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat((result.out() + result.err()).strip().lines()).as(result.said()).hasSize(1);
    assertThat(result.said()).contains(fix);
    assertThat(data).doesNotExist();
    assertThat(Processes.mentioning(data.toString())).isEmpty();
  }
}
