// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.OwnIdentity;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * No service runs without a certificate: what is missing stops its start. One that Vault gives no
 * other ends while its last is good, and who started it starts it again with a fresh sign-in.
 */
@ApplicationScoped
public class IdentityAtStart {
  private static final Logger LOG = Logger.getLogger(IdentityAtStart.class);
  private static final int FIRST = 1;

  void start(@Observes @Priority(FIRST) StartupEvent event) {
    OwnIdentity.get().rehearse();
    OwnIdentity.whenLost(IdentityAtStart::end);
  }

  void stop(@Observes ShutdownEvent event) {
    OwnIdentity.close();
  }

  private static void end() {
    LOG.error("Vault gives no other certificate: ending, to be started with a fresh sign-in");
    Quarkus.asyncExit(1);
  }
}
