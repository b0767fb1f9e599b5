// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** The service's clock: as it is, but for a thread that says what time it shall be. */
@Singleton
public class OwnClock implements InstantSource {
  private final ThreadLocal<Instant> said = new ThreadLocal<>();

  @Override
  public Instant instant() {
    Instant own = said.get();
    return own == null ? Instant.now() : own;
  }

  /** What this thread does at that time; requests are other threads' work. */
  public void at(Instant time, Runnable work) {
    said.set(time);
    try {
      work.run();
    } finally {
      said.remove();
    }
  }
}
