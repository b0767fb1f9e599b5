// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.door;

import dev.cofferdam.edge.PartDoor;
import dev.cofferdam.partidentity.PartName;
import jakarta.inject.Singleton;

/** For the gateway and session-service. */
@Singleton
public class OwnDoor extends PartDoor {
  OwnDoor() {
    super(PartName.GATEWAY, PartName.SESSION);
  }
}
