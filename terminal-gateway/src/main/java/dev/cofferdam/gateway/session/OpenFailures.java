// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.terminal.protocol.ControlAnswer;

/** What an agent's word for a failed opening means to a person. */
final class OpenFailures {
  private OpenFailures() {}

  static Problem problem(ControlAnswer.Failed failed) {
    return switch (failed.slug()) {
      case "damaged" ->
          Problem.of(
              "workspace-damaged",
              500,
              "The workspace is damaged",
              "Its encrypted files can't be read as they are, so nothing was opened and nothing"
                  + " changed. Restore them from a backup.");
      case "wrong-key" ->
          Problem.of(
              "wrong-key",
              500,
              "The key does not fit",
              "The key that Vault gave does not decrypt this workspace. Nothing was opened.");
      case "token-spent" ->
          Problem.of(
              "token-spent",
              403,
              "Somebody took the key's token first",
              "The one-time token was used before the sandbox could. It was recorded as a security"
                  + " event. Try again, and look at the log if it happens twice.");
      case "token-foreign" ->
          Problem.of(
              "token-foreign",
              403,
              "The key's token was made for something else",
              "The sandbox refused it and it was recorded as a security event.");
      case "vault-unreachable" -> Problem.unavailable("Vault");
      case "vault-sealed" -> Problem.vaultSealed();
      case "vault-refused" ->
          Problem.of(
              "vault-refused", 502, "Vault gave no key", "Its log says why; nothing was opened.");
      case "ticket-refused" ->
          Problem.of(
              "ticket-refused",
              403,
              "The sandbox refused the order",
              "The ticket of session-service was not accepted. Try again.");
      case "cell-failed" ->
          Problem.of(
              "cell-failed",
              500,
              "The sandbox could not be closed off",
              "Nothing runs where it is not walled in, so the workspace was locked again.");
      default ->
          Problem.of(
              "open-failed",
              500,
              "The workspace did not open",
              "Nothing was left open. Try again.");
    };
  }
}
