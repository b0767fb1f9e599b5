// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import io.quarkus.security.spi.runtime.AuthenticationSuccessEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often the framework itself found out who somebody is. */
@ApplicationScoped
public class AskedFramework {
  private final AtomicInteger times = new AtomicInteger();

  void found(@Observes AuthenticationSuccessEvent event) {
    times.incrementAndGet();
  }

  int times() {
    return times.get();
  }
}
