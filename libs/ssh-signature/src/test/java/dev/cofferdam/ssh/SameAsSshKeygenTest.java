// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.ssh.SshSignatures.Verdict;
import dev.cofferdam.ssh.UserCertificate.Decision;
import dev.cofferdam.testkit.Mutator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** We accept only what {@code ssh-keygen -Y verify} accepts. */
class SameAsSshKeygenTest {
  private static final String MESSAGE = "sign in here";
  private static final int CHANGES = 120;
  private static final long SEED = 20261125;
  private final Mutator mutator = new Mutator(SEED);
  private final SshKeygen keygen;

  SameAsSshKeygenTest(@TempDir Path dir) {
    keygen = new SshKeygen(dir);
  }

  @Test
  void acceptsNoChangedEd25519Signature() {
    SshPublicKey key = keygen.make("id", "-t", "ed25519").key("id");
    compare(key.line(), Optional.of(key), keygen.sign("id", MESSAGE));
  }

  @Test
  void acceptsNoChangedEcdsaSignature() {
    SshPublicKey key = keygen.make("id", "-t", "ecdsa", "-b", "256").key("id");
    compare(key.line(), Optional.of(key), keygen.sign("id", MESSAGE));
  }

  @Test
  void acceptsNoChangedRsaSignature() {
    SshPublicKey key = keygen.make("id", "-t", "rsa", "-b", "3072").key("id");
    compare(key.line(), Optional.of(key), keygen.sign("id", MESSAGE));
  }

  @Test
  void acceptsNoChangedSecurityKeySignature() {
    SoftwareKey token = new SoftwareKey();
    compare(token.key.line(), Optional.of(token.key), token.sign(MESSAGE.getBytes(UTF_8), 1, 7));
  }

  @Test
  void acceptsNoChangedCertificate() {
    keygen.make("id", "-t", "ed25519").make("ca", "-t", "ed25519");
    keygen.must("", Stream.of("-s", "ca", "-I", "id", "-n", "me", "-V", "-1h:+1h", "id.pub"));
    compare(
        "cert-authority " + keygen.key("ca").line(),
        Optional.empty(),
        keygen.sign("id-cert.pub", MESSAGE));
  }

  /** The signature as made must be good for both; after that, good for us means good for both. */
  private void compare(String allowed, Optional<SshPublicKey> registered, String armour) {
    assertThat(keygen.verifies(allowed, armour, MESSAGE)).isTrue();
    assertThat(accepts(registered, armour)).isTrue();
    byte[] blob = Armour.open(armour);
    for (int change = 0; change < CHANGES; change++) {
      String changed =
          mutator.below(4) == 0
              ? new String(mutator.change(armour.getBytes(ISO_8859_1)), ISO_8859_1)
              : SoftwareKey.armour(mutator.change(blob));
      // ssh-keygen is asked each time, so that its answers are seen to differ at all.
      boolean theirs = keygen.verifies(allowed, changed, MESSAGE);
      assertThat(!accepts(registered, changed) || theirs).as(changed).isTrue();
    }
  }

  private boolean accepts(Optional<SshPublicKey> registered, String armour) {
    Verdict verdict = new SshSignatures(SshKeygen.NAMESPACE).check(armour, MESSAGE.getBytes(UTF_8));
    return switch (verdict) {
      case Verdict.Refused refused -> false;
      case Verdict.Signed signed when registered.isPresent() ->
          signed.certificate().isEmpty() && signed.key().equals(registered.get());
      case Verdict.Signed signed ->
          signed
              .certificate()
              .map(one -> one.decide(List.of(keygen.key("ca")), "me", Instant.now()))
              .filter(Decision.ADMITTED::equals)
              .isPresent();
    };
  }
}
