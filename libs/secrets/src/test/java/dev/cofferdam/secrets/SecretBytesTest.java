// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
  @Test
  void printsItsLengthOnly() {
    assertThat(SecretBytes.copyOf("hunter2".getBytes(UTF_8)).toString())
        .isEqualTo("SecretBytes[7 bytes]");
  }

  @Test
  void overwritesWhatItOwnsWhenClosed() {
    byte[] raw = {1, 2, 3};
    SecretBytes.takeOwnership(raw).close();
    assertThat(raw).containsOnly(0);
  }

  @Test
  void refusesUseAfterClose() {
    SecretBytes secret = SecretBytes.random(32);
    secret.close();
    assertThatThrownBy(secret::toBase64Url).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void equalsByContent() {
    byte[] raw = {9, 8, 7};
    assertThat(SecretBytes.copyOf(raw)).isEqualTo(SecretBytes.copyOf(raw));
    assertThat(SecretBytes.copyOf(raw)).isNotEqualTo(SecretBytes.copyOf(new byte[] {9, 8, 6}));
  }

  @Test
  void leavesTheCallersArrayAloneWhenItCopies() {
    byte[] raw = {4, 5};
    SecretBytes.copyOf(raw).close();
    assertThat(raw).containsExactly(4, 5);
  }

  @Test
  void writes32BytesAs43Characters() {
    assertThat(SecretBytes.random(32).toBase64Url()).hasSize(43).matches("[A-Za-z0-9_-]+");
  }
}
