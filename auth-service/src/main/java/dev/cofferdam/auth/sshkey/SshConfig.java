// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Signing in with SSH. */
@ConfigMapping(prefix = "coffer.ssh")
public interface SshConfig {
  /**
   * A file with public keys of authorities, one on a line as in {@code .pub} files. Whoever shows a
   * user certificate of one of them signs in under the names in it. Without it certificates are
   * refused.
   */
  Optional<Path> authorities();

  /**
   * So many failures in a row of one network at one account cost no time; 1 to 1000000. Thousands
   * are for tests.
   */
  @WithDefault("5")
  int freeFailures();
}
