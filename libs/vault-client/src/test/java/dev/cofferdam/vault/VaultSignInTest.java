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

class VaultSignInTest {
  @Test
  void onlyARefusalEndsAService() {
    for (int status : List.of(400, 403, 404)) {
      assertThat(VaultSignIn.isRefused(answered(status))).as("status " + status).isTrue();
    }
    for (int status : List.of(500, 502, 503)) {
      assertThat(VaultSignIn.isRefused(answered(status))).as("status " + status).isFalse();
    }
    assertThat(VaultSignIn.isRefused(new ConnectException("away"))).isFalse();
    assertThat(VaultSignIn.isRefused(new ProblemException(Problem.unavailable("Vault")))).isFalse();
  }

  @Test
  void aWrappingTokenDoesNotShowItself() {
    assertThat(new WrappingToken("s.secret", "transit/decrypt/ws-1").toString())
        .contains("transit/decrypt/ws-1")
        .doesNotContain("s.secret");
  }

  private static ProblemException answered(int status) {
    return new ProblemException(
        Problem.unavailable("Vault"),
        new ExecutionException(
            new VaultClientException("read", "auth/token/lookup-self", status, "", null)));
  }
}
