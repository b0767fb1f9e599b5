// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.door;

import dev.cofferdam.edge.PartDoor;
import dev.cofferdam.partidentity.PartName;
import jakarta.inject.Singleton;

/** For the gateway and the supervisor. */
@Singleton
public class OwnDoor extends PartDoor {
  OwnDoor() {
    super(PartName.GATEWAY, PartName.STACK);
  }
}
