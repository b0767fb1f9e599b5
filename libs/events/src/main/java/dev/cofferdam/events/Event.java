// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import java.time.Instant;
import java.util.UUID;

/** Something that has happened; told at least once, so receivers tell repeats by {@link #id}. */
public sealed interface Event permits SessionEvent, WorkspaceEvent, SecurityEvent {
  /** The event's own; a repeat has the same. */
  UUID id();

  /** When it happened, by the clock of who tells it. */
  Instant at();

  /** The topic it belongs to. */
  Topic topic();

  /** What it is ordered by: events of one key arrive in order. */
  String key();
}
