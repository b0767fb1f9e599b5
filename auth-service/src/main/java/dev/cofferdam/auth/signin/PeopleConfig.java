// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may be here. */
@ConfigMapping(prefix = "coffer.people")
public interface PeopleConfig {
  /** The name of the one person that this installation is for; everybody else is refused. */
  Optional<String> only();
}
