// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.quarkus.runtime.configuration.ConfigurationException;

/** A providers file that must not be used: one line that names the key and says what to write. */
final class Misconfigured extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  Misconfigured(String key, String fix) {
    super("providers: " + key + ": " + fix);
  }
}
