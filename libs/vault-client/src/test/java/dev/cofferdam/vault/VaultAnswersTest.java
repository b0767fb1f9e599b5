// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.vault.client.VaultClientException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class VaultAnswersTest {
  @Test
  void onlyARefusalEndsAService() {
    for (int status : List.of(400, 403, 404)) {
      assertThat(VaultAnswers.isRefused(answered(status))).as("status " + status).isTrue();
    }
    for (int status : List.of(500, 502, 503)) {
      assertThat(VaultAnswers.isRefused(answered(status))).as("status " + status).isFalse();
    }
    assertThat(VaultAnswers.isRefused(new ConnectException("away"))).isFalse();
    assertThat(VaultAnswers.isRefused(new ProblemException(Problem.unavailable("Vault"))))
        .isFalse();
  }

  @Test
  void tellsASealedVaultFromOneThatIsAway() {
    assertThat(VaultAnswers.isSealed(answered(503, List.of("Vault is sealed")))).isTrue();
    assertThat(VaultAnswers.isSealed(answered(503, List.of("no active cluster node")))).isFalse();
    assertThat(VaultAnswers.isSealed(answered(503))).isFalse();
    assertThat(VaultAnswers.isSealed(answered(400, List.of("Vault is sealed")))).isFalse();
    assertThat(VaultAnswers.isSealed(new ConnectException("away"))).isFalse();
  }

  @Test
  void aWrappingTokenDoesNotShowItself() {
    assertThat(new WrappingToken("s.secret", "transit/decrypt/ws-1").toString())
        .contains("transit/decrypt/ws-1")
        .doesNotContain("s.secret");
  }

  private static ProblemException answered(int status) {
    return failed(new VaultClientException("read", "auth/token/lookup-self", status, "", null));
  }

  private static ProblemException answered(int status, List<String> errors) {
    return failed(new VaultClientException("read", "auth/token/lookup-self", status, errors, null));
  }

  private static ProblemException failed(VaultClientException answer) {
    return new ProblemException(Problem.unavailable("Vault"), new ExecutionException(answer));
  }
}
