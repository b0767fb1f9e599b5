// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where heads of the ledger are kept besides the database. */
@ConfigMapping(prefix = "coffer.audit")
public interface AuditConfig {
  /** A file in a directory that is there; without it heads go to the database and Kafka alone. */
  Optional<Path> heads();
}
