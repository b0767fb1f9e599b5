// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What time it is, for whoever injects an {@link InstantSource}; tests may bring another one. */
public class SystemTime {
  @Produces
  @Singleton
  @DefaultBean
  InstantSource time() {
    return InstantSource.system();
  }
}
