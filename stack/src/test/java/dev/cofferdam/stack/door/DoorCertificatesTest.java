// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.testkit.WebAuthority;
import dev.cofferdam.testkit.WebAuthority.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorCertificatesTest {
  private static final String HOST = "coffer.example";
  private static final String NAME = "DNS:" + HOST;
  private static final List<String> RSA = List.of("-newkey", "rsa:2048");

  private static WebAuthority authority;
  private static Pair one;
  private static Pair two;

  @TempDir Path folder;
  private Path certificate;
  private Path key;
  private Instant now = Instant.now();

  @BeforeAll
  static void issue() {
    authority = new WebAuthority();
    one = authority.issue(NAME);
    two = authority.issue(RSA, 365, NAME);
  }

  @AfterAll
  static void closeAuthority() {
    authority.close();
  }

  @BeforeEach
  void place() throws IOException {
    certificate = folder.resolve("fullchain.pem");
    key = folder.resolve("privkey.pem");
    put(one);
  }

  private void put(Pair pair) throws IOException {
    Files.deleteIfExists(certificate);
    Files.deleteIfExists(key);
    Files.copy(pair.certificate(), certificate);
    Files.copy(pair.key(), key, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private DoorCertificates open() {
    return DoorCertificates.open(new DoorFiles(certificate, key), HOST, () -> now);
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(this::open)
        .isInstanceOf(StartFailure.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  private static boolean shows(DoorCertificates certificates, Pair pair) throws IOException {
    // The same certificates in the same order, without what may stand between them.
    String handed = certificates.handover().get("coffer.public.tls.chain");
    return Files.readString(pair.certificate()).strip().equals(handed.strip());
  }

  @Test
  void handsOverTheChainAndItsKey() throws IOException {
    DoorCertificates certificates = open();
    assertThat(shows(certificates, one)).isTrue();
    assertThat(certificates.notice()).isEmpty();
    assertThat(certificates.look()).isFalse();
    String pem = Files.readString(one.key()).replaceAll("-----.*-----|\\s", "");
    assertThat(certificates.handover()).containsEntry("coffer.public.tls.key", pem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-r--r--", "rw----r--", "rw--w----", "rwx------"})
  void refusesAKeyThatOthersMayUse(String permissions) throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
    assertRefused("others may use", key.toString(), "chmod 600");
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IOException {
    Files.copy(two.key(), key, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(key.toString(), "not the key");
    Files.copy(authority.issue(NAME).key(), key, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(key.toString(), "not the key");
  }

  @Test
  void refusesWhatBrowsersWouldRefuse() throws IOException {
    now = Instant.now().plus(Duration.ofDays(91));
    assertRefused("has expired on", "renewed");
    now = Instant.now().minus(Duration.ofDays(1));
    assertRefused("not good before", "clock");
    put(authority.issue("DNS:other.example"));
    now = Instant.now(); // Good from the second on in which it was issued.
    assertRefused("is not for " + HOST, "--tls-cert");
    put(authority.issue(List.of("-newkey", "ed25519"), 90, NAME));
    assertRefused("browsers don't take");
    put(authority.issue(List.of("-newkey", "rsa:1024"), 90, NAME));
    assertRefused("browsers don't take");
  }

  @Test
  void refusesFilesThatAreNotWhatTheyShouldBe() throws IOException {
    Files.writeString(certificate, "nonsense");
    assertRefused("no certificates", "--tls-cert");
    Files.delete(certificate);
    assertRefused("is not there", "--tls-cert");
    put(one);
    Files.writeString(key, "nonsense");
    assertRefused("no private key", "--tls-key");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused("not the key");
    Files.writeString(key, "x".repeat(20_000));
    assertRefused("larger than 16 KiB");
  }

  @Test
  void refusesAKeyThatNobodyCouldUnlockAtARestart() {
    authority.openssl(
        List.of("pkcs8", "-topk8", "-in", "" + one.key(), "-passout", "pass:x", "-out", "" + key));
    assertRefused("is encrypted", "openssl pkey");
  }

  @Test
  void takesKeysAsOlderToolsWriteThem() throws IOException {
    authority.openssl(List.of("ec", "-in", "" + one.key(), "-out", "" + key));
    assertThat(Files.readString(key)).contains("BEGIN EC PRIVATE KEY");
    assertThat(shows(open(), one)).isTrue();

    put(two);
    authority.openssl(List.of("rsa", "-traditional", "-in", "" + two.key(), "-out", "" + key));
    assertThat(Files.readString(key)).contains("BEGIN RSA PRIVATE KEY");
    assertThat(shows(open(), two)).isTrue();
  }

  @Test
  void takesTheNextPairOnceItsFilesStayAsTheyAre() throws IOException {
    DoorCertificates certificates = open();
    Files.copy(two.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    assertThat(certificates.look()).as("just being written").isFalse();
    Files.copy(two.key(), key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(certificates.look()).as("just being written").isFalse();
    assertThat(certificates.notice()).isEmpty();
    assertThat(certificates.look()).isTrue();
    assertThat(shows(certificates, two)).isTrue();
    assertThat(certificates.look()).isFalse();
  }

  @Test
  void seesLinksThatAreTurned() throws IOException {
    Path live = Files.createDirectory(folder.resolve("live"));
    certificate = live.resolve("fullchain.pem");
    key = live.resolve("privkey.pem");
    turn(one);
    DoorCertificates certificates = open();
    turn(two);
    certificates.look();
    assertThat(certificates.look()).isTrue();
    assertThat(shows(certificates, two)).isTrue();
  }

  /** As certbot does: a new link takes the name of the one before. */
  private void turn(Pair pair) throws IOException {
    for (Path link : List.of(certificate, key)) {
      Path next = Path.of(link + ".next");
      Files.createSymbolicLink(next, link.equals(key) ? pair.key() : pair.certificate());
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Test
  void keepsTheOneBeforeAndSaysWhy() throws IOException {
    DoorCertificates certificates = open();
    Files.copy(two.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    certificates.look();
    assertThat(certificates.look()).isFalse();
    assertThat(certificates.notice())
        .hasValueSatisfying(n -> assertThat(n).contains("stays the one before", "not the key"));
    assertThat(shows(certificates, one)).isTrue();

    Files.delete(certificate);
    certificates.look();
    certificates.look();
    assertThat(certificates.notice())
        .hasValueSatisfying(n -> assertThat(n).contains("stays the one before", "is not there"));
    assertThat(shows(certificates, one)).isTrue();

    put(two);
    certificates.look();
    assertThat(certificates.look()).isTrue();
    assertThat(certificates.notice()).isEmpty();
  }

  @Test
  void warnsTwoWeeksBeforeTheEnd() {
    DoorCertificates certificates = open();
    now = Instant.now().plus(Duration.ofDays(75));
    assertThat(certificates.notice()).isEmpty();
    now = Instant.now().plus(Duration.ofDays(77));
    assertThat(certificates.notice())
        .hasValueSatisfying(n -> assertThat(n).contains("expires on", certificate.toString()));
    now = Instant.now().plus(Duration.ofDays(91));
    assertThat(certificates.notice())
        .hasValueSatisfying(n -> assertThat(n).contains("has expired on"));
  }
}
