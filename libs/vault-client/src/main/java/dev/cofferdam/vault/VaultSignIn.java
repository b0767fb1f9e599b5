// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vault;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Signs in at start and stays signed in. quarkus-vault renews a token only while it is asked
 * something, and signs in anew only within an hour of its first time; so this asks once a minute.
 *
 * <p>A service whose sign-in Vault refuses can't get another by itself: it ends, and who started it
 * starts it again with a fresh one. Until Vault answers again it merely waits.
 */
@ApplicationScoped
public class VaultSignIn {
  private static final Logger LOG = Logger.getLogger(VaultSignIn.class);
  private static final String SELF = "auth/token/lookup-self";
  private static final long ASK_EVERY_SECONDS = 60;
  private static final int FIRST = 1;

  /** Unwrapping, signing in and the question itself, each within its three seconds and cold. */
  private static final Duration START = Duration.ofSeconds(15);

  private final VaultJson vault;
  private final CountDownLatch stopped = new CountDownLatch(1);

  VaultSignIn(VaultJson vault) {
    this.vault = vault;
  }

  /** The wrapping token is good for minutes and a failed try is remembered: now or never. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    vault.read(SELF, START);
    Thread.ofVirtual().name("vault-sign-in").start(this::keep);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped.countDown();
  }

  private void keep() {
    try {
      while (!stopped.await(ASK_EVERY_SECONDS, TimeUnit.SECONDS)) {
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    try {
      vault.read(SELF);
    } catch (RuntimeException e) {
      if (VaultAnswers.isRefused(e)) {
        LOG.error("Vault refuses this service's sign-in: ending, to be started with a fresh one");
        Quarkus.asyncExit(1);
      }
    }
  }
}
