// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.door;

import dev.cofferdam.edge.PartDoor;
import dev.cofferdam.partidentity.PartName;
import jakarta.inject.Singleton;

/** For the gateway, the supervisor, and the services that need its public keys. */
@Singleton
public class OwnDoor extends PartDoor {
  OwnDoor() {
    super(PartName.GATEWAY, PartName.SESSION, PartName.WORKSPACE, PartName.STACK);
  }
}
