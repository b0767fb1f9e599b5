// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.secrets.SecretBytes;
import org.junit.jupiter.api.Test;

class SupervisorSecretTest {
  /**
   * Made with: openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:000102…1f -kdfopt
   * "info:cofferdam supervisor secret-id v1" -binary HKDF | basenc --base64url | tr -d =
   */
  @Test
  void isHkdfOfTheUnsealKey() {
    SecretBytes key = secret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    assertThat(SupervisorSecret.of(key))
        .isEqualTo(secret("mSoQsucwEMpnH6EfittEgIvcEpQy0Nt1DkueB9cAMAY"));
  }

  @Test
  void takesBase64Alone() {
    SecretBytes wrong = secret("not base64!");
    assertThatThrownBy(() -> SupervisorSecret.of(wrong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.takeOwnership(text.getBytes(US_ASCII));
  }
}
