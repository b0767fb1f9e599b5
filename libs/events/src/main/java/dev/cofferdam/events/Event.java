// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import java.time.Instant;
import java.util.UUID;

/** Something that has happened; told at least once, so receivers tell repeats by {@link #id}. */
public sealed interface Event permits SessionEvent, WorkspaceEvent, SecurityEvent {
  UUID id();

  Instant at();

  /** The topic it belongs to. */
  Topic topic();

  /** What it is ordered by: events of one key arrive in order. */
  String key();
}
