// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the providers are described; without any nobody can sign in elsewhere. */
@ConfigMapping(prefix = "coffer.providers")
public interface ProvidersConfig {
  /** A file of mode 0600 (or 0400) that belongs to our user; see docs/sign-in-providers.md. */
  Optional<Path> file();

  /** The text of such a file in base64url, as a supervisor hands it over on standard input. */
  Optional<String> handed();

  /** For tests: providers on this machine may speak plain HTTP. */
  @WithDefault("false")
  boolean httpOnLoopback();
}
