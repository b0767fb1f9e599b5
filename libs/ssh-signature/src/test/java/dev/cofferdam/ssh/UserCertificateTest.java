// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ssh.SshSignatures.Verdict;
import dev.cofferdam.ssh.UserCertificate.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCertificateTest {
  private static final String MESSAGE = "sign in here";
  private static final Instant NOW = Instant.now();
  private final SshKeygen keygen;
  private final SshPublicKey authority;

  UserCertificateTest(@TempDir Path dir) {
    keygen = new SshKeygen(dir).make("ca", "-t", "ed25519").make("other", "-t", "ed25519");
    authority = keygen.key("ca");
  }

  private UserCertificate certified(String... options) {
    keygen.must("", Stream.concat(Stream.of("-s", "ca", "-I", "key id"), Stream.of(options)));
    String armour = keygen.sign("id-cert.pub", MESSAGE);
    Verdict verdict = new SshSignatures(SshKeygen.NAMESPACE).check(armour, MESSAGE.getBytes(UTF_8));
    assertThat(verdict).isInstanceOf(Verdict.Signed.class);
    return ((Verdict.Signed) verdict).certificate().orElseThrow();
  }

  private Decision decide(UserCertificate certificate, String principal) {
    return certificate.decide(List.of(authority), principal, NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 3072"})
  void admitsThePrincipalsOfARealCertificate(String type) {
    keygen.make("id", type.split(" "));
    UserCertificate certificate = certified("-n", "ada,bob", "-V", "-1h:+1h", "id.pub");
    assertThat(certificate.key()).isEqualTo(keygen.key("id"));
    assertThat(certificate.keyId()).isEqualTo("key id");
    assertThat(decide(certificate, "ada")).isEqualTo(Decision.ADMITTED);
    assertThat(decide(certificate, "bob")).isEqualTo(Decision.ADMITTED);
    assertThat(decide(certificate, "ada,bob")).isEqualTo(Decision.OTHER_PRINCIPAL);
    assertThat(decide(certificate, "eve")).isEqualTo(Decision.OTHER_PRINCIPAL);
    assertThat(certificate.decide(List.of(keygen.key("other")), "ada", NOW))
        .isEqualTo(Decision.OTHER_AUTHORITY);
    assertThat(certificate.decide(List.of(authority), "ada", NOW.plus(Duration.ofHours(2))))
        .isEqualTo(Decision.NOT_VALID_NOW);
    assertThat(certificate.decide(List.of(authority), "ada", NOW.minus(Duration.ofHours(2))))
        .isEqualTo(Decision.NOT_VALID_NOW);
  }

  @Test
  void refusesOneForNobodyOneForHostsAndOneWithCriticalOptions() {
    keygen.make("id", "-t", "ed25519");
    assertThat(decide(certified("id.pub"), "ada")).isEqualTo(Decision.OTHER_PRINCIPAL);
    assertThat(decide(certified("-h", "-n", "ada", "id.pub"), "ada"))
        .isEqualTo(Decision.NOT_FOR_USERS);
    assertThat(decide(certified("-n", "ada", "-O", "force-command=true", "id.pub"), "ada"))
        .isEqualTo(Decision.CRITICAL_OPTIONS);
  }

  /** CVE-2026-35414: a comma in a principal must not make two of it. */
  @Test
  void takesAPrincipalWithACommaAsOne() {
    SoftwareKey ca = new SoftwareKey();
    Ed25519Key caKey = new Ed25519Key(ca.point());
    UserCertificate certificate = UserCertificate.parse(certificate(ca, caKey, "ada,root"));
    assertThat(certificate.principals()).containsExactly("ada,root");
    assertThat(certificate.decide(List.of(caKey), "root", NOW)).isEqualTo(Decision.OTHER_PRINCIPAL);
    assertThat(certificate.decide(List.of(caKey), "ada,root", NOW)).isEqualTo(Decision.ADMITTED);
  }

  @Test
  void refusesACertificateThatWasChanged() {
    SoftwareKey ca = new SoftwareKey();
    Ed25519Key caKey = new Ed25519Key(ca.point());
    byte[] bytes = certificate(ca, caKey, "adam");
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] changed =
        text.replace("adam", "root").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> UserCertificate.parse(changed)).hasMessageContaining("signed");
  }

  private static byte[] certificate(SoftwareKey ca, Ed25519Key caKey, String principal) {
    byte[] signed =
        new WireOut()
            .name("ssh-ed25519-cert-v01@openssh.com")
            .string(new byte[32])
            .string(new SoftwareKey().point().encoded().toBytes())
            .raw(new byte[8])
            .uint32(1)
            .name("id")
            .string(new WireOut().name(principal).toBytes())
            .raw(new byte[8])
            .raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1})
            .name("")
            .name("")
            .name("")
            .string(caKey.blob())
            .toBytes();
    byte[] signature = new WireOut().name("ssh-ed25519").string(ca.rawSign(signed)).toBytes();
    return new WireOut().raw(signed).string(signature).toBytes();
  }
}
