// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ssh.SshSignatures.Reason;
import dev.cofferdam.ssh.SshSignatures.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshSignaturesTest {
  private static final String MESSAGE = "sign in here";
  private final SshSignatures signatures = new SshSignatures(SshKeygen.NAMESPACE);
  private final SshKeygen keygen;

  SshSignaturesTest(@TempDir Path dir) {
    keygen = new SshKeygen(dir);
  }

  private Verdict check(String armour, String message) {
    return signatures.check(armour, message.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 3072"})
  void admitsWhatSshKeygenSigns(String type) {
    SshPublicKey key = keygen.make("id", type.split(" ")).key("id");
    for (String hash : List.of("sha256", "sha512")) {
      String armour = keygen.sign("id", MESSAGE, "-O", "hashalg=" + hash);
      assertThat(check(armour, MESSAGE)).isEqualTo(new Verdict.Signed(key, Optional.empty()));
      assertThat(check(armour.replace("\n", "\r\n"), MESSAGE)).isInstanceOf(Verdict.Signed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 3072"})
  void readsAKeyAsSshKeygenDoes(String type) {
    SshPublicKey key = keygen.make("id", type.split(" ")).key("id");
    String listed = keygen.must("", Stream.of("-l", "-f", "id.pub"));
    assertThat(listed).contains(" " + key.fingerprint() + " ");
    assertThat(keygen.read("id.pub")).startsWith(key.line() + " ");
    assertThat(SshPublicKey.parse(key.blob())).isEqualTo(key);
  }

  @Test
  void refusesAnotherMessageAndAnotherNamespace() {
    String armour = keygen.make("id", "-t", "ed25519").sign("id", MESSAGE);
    assertThat(check(armour, MESSAGE + "\n")).isEqualTo(new Verdict.Refused(Reason.BAD_SIGNATURE));
    assertThat(new SshSignatures("coffer-login-v1@other").check(armour, MESSAGE.getBytes(UTF_8)))
        .isEqualTo(new Verdict.Refused(Reason.OTHER_NAMESPACE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-t rsa -b 2048", "-t ecdsa -b 384", "-t ecdsa -b 521"})
  void refusesWeakAndOtherKeys(String type) {
    String armour = keygen.make("id", type.split(" ")).sign("id", MESSAGE);
    assertThat(check(armour, MESSAGE)).isEqualTo(new Verdict.Refused(Reason.KEY_NOT_TAKEN));
    assertThatThrownBy(() -> keygen.key("id")).isInstanceOf(MalformedSsh.class);
  }

  @Test
  void refusesRsaWithSha1() {
    SshPublicKey key = keygen.make("id", "-t", "rsa", "-b", "3072").key("id");
    byte[] signature = new WireOut().name("ssh-rsa").string(new byte[384]).toBytes();
    assertThat(key.verifies(signature, MESSAGE.getBytes(UTF_8))).isFalse();
  }

  @Test
  void admitsASecurityKeyThatWasTouched() {
    SoftwareKey token = new SoftwareKey();
    String armour = token.sign(MESSAGE.getBytes(UTF_8), 1, 7);
    assertThat(check(armour, MESSAGE)).isEqualTo(new Verdict.Signed(token.key, Optional.empty()));
    assertThat(keygen.verifies(token.key.line(), armour, MESSAGE)).isTrue();
  }

  @Test
  void refusesASecurityKeyThatNobodyTouched() {
    String armour = new SoftwareKey().sign(MESSAGE.getBytes(UTF_8), 0, 7);
    assertThat(check(armour, MESSAGE)).isEqualTo(new Verdict.Refused(Reason.BAD_SIGNATURE));
  }

  @Test
  void refusesASecurityKeyOfAnotherApplication() {
    assertThatThrownBy(() -> new SecurityKey(new SoftwareKey().point(), "https://example.org"))
        .isInstanceOf(MalformedSsh.class);
  }

  @Test
  void refusesWhatIsLeftOver() {
    SoftwareKey token = new SoftwareKey();
    byte[] blob = Armour.open(token.sign(MESSAGE.getBytes(UTF_8), 1, 7));
    String longer = SoftwareKey.armour(new WireOut().raw(blob).raw((byte) 0).toBytes());
    assertThat(check(longer, MESSAGE)).isEqualTo(new Verdict.Refused(Reason.MALFORMED));
  }

  @Test
  void refusesLaterVersionsAndAReservedField() {
    byte[] blob = Armour.open(new SoftwareKey().sign(MESSAGE.getBytes(UTF_8), 1, 7));
    blob[9] = 2;
    assertThat(check(SoftwareKey.armour(blob), MESSAGE))
        .isEqualTo(new Verdict.Refused(Reason.MALFORMED));
  }

  @Test
  void wantsANamespace() {
    assertThatThrownBy(() -> new SshSignatures("")).isInstanceOf(IllegalArgumentException.class);
  }
}
