// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vault;

import io.quarkus.vault.client.VaultClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What Vault said where something failed, however deep below the failure. */
final class VaultAnswers {
  private static final int DEEPEST = 20;
  private static final int SERVICE_UNAVAILABLE = 503;

  private VaultAnswers() {}

  /** An answer of 4xx; sealed and starting Vaults answer 5xx, those that are away not at all. */
  static boolean isRefused(Throwable failure) {
    return answer(failure).filter(answer -> status(answer) / 100 == 4).isPresent();
  }

  /**
   * A sealed Vault answers {@code 503 {"errors":["Vault is sealed"]}}; one that has no leader yet
   * the same status with other words.
   */
  static boolean isSealed(Throwable failure) {
    return answer(failure)
        .filter(answer -> status(answer) == SERVICE_UNAVAILABLE)
        .filter(VaultAnswers::speaksOfASeal)
        .isPresent();
  }

  private static boolean speaksOfASeal(VaultClientException answer) {
    List<String> errors = Objects.requireNonNullElse(answer.getErrors(), List.of());
    String body = Objects.requireNonNullElse(answer.getBody(), "");
    return body.contains("sealed") || errors.stream().anyMatch(e -> e.contains("sealed"));
  }

  private static int status(VaultClientException answer) {
    return Objects.requireNonNull(answer.getStatus());
  }

  private static Optional<VaultClientException> answer(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof VaultClientException answer && answer.getStatus() != null) {
        return Optional.of(answer);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}
