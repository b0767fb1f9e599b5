// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.util.Optional;

/** What a browser brings back from a provider, RFC 6749 section 4.1.2 and RFC 9207. */
record Callback(
    Optional<String> code, String state, Optional<String> issuer, Optional<String> error) {

  /**
   * @throws ProviderFailure if the provider says no or nothing
   */
  String requireCode() {
    if (error.isPresent()) {
      throw ProviderFailure.refused("it answered with an error");
    }
    return code.orElseThrow(() -> ProviderFailure.wrong("neither a code nor an error"));
  }

  @Override
  public String toString() {
    return "Callback";
  }
}
