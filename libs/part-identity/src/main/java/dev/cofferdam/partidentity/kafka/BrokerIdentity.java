// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.handover.HandoverException;
import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.Pem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The broker's identity, in the broker's process: handed over as a line on standard input, and each
 * later line is the next certificate. Nothing of it is in Kafka's settings or its metadata.
 */
final class BrokerIdentity {
  private static final System.Logger LOG = System.getLogger(BrokerIdentity.class.getName());
  private static @Nullable PartIdentity own;

  private BrokerIdentity() {}

  static synchronized PartIdentity get() {
    PartIdentity identity = own;
    if (identity == null) {
      identity = read();
      own = identity;
      PartIdentity followed = identity;
      Thread.ofPlatform().daemon().name("identity").start(() -> follow(followed));
    }
    return identity;
  }

  private static PartIdentity read() {
    Map<String, String> first = HandoverLine.read(System.in);
    return PartIdentity.received(
        PartName.KAFKA,
        Pem.certificate(first.getOrDefault("coffer.identity.authority", "")),
        first);
  }

  private static void follow(PartIdentity identity) {
    try {
      while (true) {
        identity.receive(HandoverLine.read(System.in));
      }
    } catch (HandoverException | IdentityException e) {
      LOG.log(System.Logger.Level.WARNING, "no more certificates: {0}", e.getMessage());
    }
  }
}
