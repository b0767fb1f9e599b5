// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import java.time.Instant;
import java.util.UUID;

/** Something was refused that should not have been tried. Words are stable, nothing is secret. */
public sealed interface SecurityEvent extends Event {

  @Override
  default Topic topic() {
    return Topic.SECURITY;
  }

  /**
   * @param what was refused, for instance {@code key-refused}
   * @param why for instance {@code token-spent}
   * @param subject the id that it is about, or empty
   */
  record Refused(UUID id, Instant at, String what, String why, String subject)
      implements SecurityEvent {
    @Override
    public String key() {
      return subject.isEmpty() ? what : subject;
    }
  }
}
