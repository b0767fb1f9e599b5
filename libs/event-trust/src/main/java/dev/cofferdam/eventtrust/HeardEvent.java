// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.partidentity.PartName;

/**
 * An event that may be believed.
 *
 * @param teller who has signed it
 * @param envelope what it says
 */
public record HeardEvent(PartName teller, Envelope envelope) {
  public Event event() {
    return envelope.event();
  }
}
