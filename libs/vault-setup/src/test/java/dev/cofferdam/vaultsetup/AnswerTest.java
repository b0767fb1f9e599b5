// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.secrets.SecretBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void cutsASecretOut() {
    try (Answer answer = answer(200, "{\"auth\":{\"client_token\":\"s.Ab-9_\",\"x\":1}}")) {
      assertThat(answer.secret("\"client_token\":\""))
          .isEqualTo(SecretBytes.takeOwnership("s.Ab-9_".getBytes(US_ASCII)));
    }
  }

  @Test
  void refusesWhatIsNotThereNotWholeOrThereTwice() {
    for (String body :
        List.of(
            "{}",
            "{\"t\":\"\"}",
            "{\"t\":null}",
            "{\"t\":\"abc",
            "{\"t\":\"a\\nb\"}",
            "{\"t\":\"a b\"}",
            "{\"t\":\"a\",\"u\":{\"t\":\"b\"}}")) {
      assertThatThrownBy(() -> answer(200, body).secret("\"t\":\""))
          .as(body)
          .isInstanceOf(VaultRefused.class)
          .hasMessageNotContaining("abc");
    }
  }

  @Test
  void onlySuccessIsSuccess() {
    assertThat(answer(204, "").require().status()).isEqualTo(204);
    for (int status : List.of(301, 400, 403, 404, 500)) {
      assertThatThrownBy(() -> answer(status, "").require()).isInstanceOf(VaultRefused.class);
    }
  }

  @Test
  void tellsASealedVaultFromARefusal() {
    assertThatThrownBy(() -> VaultAdmin.reached(answer(503, "")))
        .isInstanceOf(VaultUnreachable.class);
    assertThat(VaultAdmin.reached(answer(403, "")).status()).isEqualTo(403);
  }

  @Test
  void saysNothingOfWhatIsInIt() {
    assertThat(answer(200, "s.secret").toString()).doesNotContain("s.secret");
    assertThatThrownBy(() -> answer(200, "{s.secret").json()).hasMessageNotContaining("s.secret");
  }

  private static Answer answer(int status, String body) {
    return new Answer("POST some/path", status, body.getBytes(US_ASCII));
  }
}
