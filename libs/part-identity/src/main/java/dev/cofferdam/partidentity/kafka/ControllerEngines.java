// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.util.Set;

/** For the controller's listener: Kafka itself and nobody else. */
public final class ControllerEngines extends Engines {
  @Override
  PartIdentity identity() {
    return BrokerIdentity.get();
  }

  @Override
  Set<PartName> admitted() {
    return Set.of(PartName.KAFKA);
  }
}
