// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import java.util.Optional;

/**
 * An event with what its teller says beside it.
 *
 * @param sequence empty for events of version 1
 */
public record Envelope(Event event, Actor actor, Optional<KeySequence> sequence) {
  /** With nothing beside it. */
  public static Envelope of(Event event) {
    return new Envelope(event, Actor.NOBODY, Optional.empty());
  }
}
