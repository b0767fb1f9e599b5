// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import java.util.List;
import java.util.UUID;

/** The sign-ins that are over now: whoever serves them need not wait for the events. */
public record Ended(List<UUID> ended) {
  public Ended {
    ended = List.copyOf(ended);
  }
}
