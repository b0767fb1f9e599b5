// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For a client; Kafka makes it by its name, so the identity comes among the settings. */
public final class ClientEngines extends Engines {
  private static final String IDENTITY = "coffer.identity";

  private @Nullable PartIdentity identity;

  /** The settings with which a client of any kind connects as this part. */
  public static Map<String, Object> settings(String bootstrap, PartIdentity identity) {
    return Map.of(
        "bootstrap.servers",
        bootstrap,
        "security.protocol",
        "SSL",
        "ssl.engine.factory.class",
        ClientEngines.class,
        IDENTITY,
        identity);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(IDENTITY) instanceof PartIdentity given)) {
      throw new IdentityException("a client of Kafka without an identity");
    }
    identity = given;
  }

  @Override
  PartIdentity identity() {
    if (identity == null) {
      throw new IdentityException("a client of Kafka that was not configured");
    }
    return identity;
  }

  @Override
  Set<PartName> admitted() {
    return Set.of();
  }
}
