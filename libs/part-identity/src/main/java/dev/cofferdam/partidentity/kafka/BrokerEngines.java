// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import java.util.EnumSet;
import java.util.Set;

/** For the broker's listener: any part that has business with Kafka; ACLs say which. */
public final class BrokerEngines extends Engines {
  private static final Set<PartName> ADMITTED =
      EnumSet.of(
          PartName.AUTH,
          PartName.SESSION,
          PartName.WORKSPACE,
          PartName.GATEWAY,
          PartName.KAFKA,
          PartName.STACK);

  @Override
  PartIdentity identity() {
    return BrokerIdentity.get();
  }

  @Override
  Set<PartName> admitted() {
    return ADMITTED;
  }
}
