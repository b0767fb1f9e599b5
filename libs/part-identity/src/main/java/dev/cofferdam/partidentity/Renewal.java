// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has a part's certificate made, and made anew when half of its time is over. */
public final class Renewal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Renewal.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(4);
  private static final int LOOKS_IN_A_LIFE = 40;

  /** How soon a clock that was set back is noticed: until then no part speaks to another. */
  private static final Duration CLOCK_LOOK = Duration.ofSeconds(5);

  private final PartName name;
  private final X509Certificate authority;
  private final Signer signer;
  private final Duration life;
  private final InstantSource clock;
  private final PartIdentity identity;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Renewal(
      PartName name,
      X509Certificate authority,
      Signer signer,
      Duration life,
      InstantSource clock,
      PartIdentity identity) {
    this.name = name;
    this.authority = authority;
    this.signer = signer;
    this.life = life;
    this.clock = clock;
    this.identity = identity;
  }

  /**
   * The first certificate.
   *
   * @param life of each certificate, at most a day
   */
  public static Renewal begin(
      PartName name, X509Certificate authority, Signer signer, Duration life, InstantSource clock) {
    Credential first = Credential.issue(name, authority, signer, life);
    return new Renewal(
        name, authority, signer, life, clock, new PartIdentity(name, authority, first));
  }

  public PartIdentity identity() {
    return identity;
  }

  /** Whether there is a new one; throws what Vault says. */
  public synchronized boolean renewIfDue() {
    if (!identity.credential().isDue(clock.instant())) {
      return false;
    }
    identity.replace(Credential.issue(name, authority, signer, life));
    return true;
  }

  /**
   * From now on, on a thread of its own.
   *
   * @param lost called when Vault refuses and the last quarter of the certificate's time has begun
   */
  public Renewal keepRenewed(Runnable lost) {
    Thread.ofVirtual().name("certificate-of-" + name.word()).start(() -> keep(lost));
    return this;
  }

  private void keep(Runnable lost) {
    Duration look = life.dividedBy(LOOKS_IN_A_LIFE);
    Duration pause = shorter(look, LONGEST_PAUSE);
    Duration step = shorter(pause, CLOCK_LOOK);
    Duration waited = Duration.ZERO;
    try {
      while (!closed.await(step.toMillis(), TimeUnit.MILLISECONDS)) {
        waited = waited.plus(step);
        if (waited.compareTo(pause) >= 0 || identity.credential().isEarly(clock.instant())) {
          look(lost);
          waited = Duration.ZERO;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void look(Runnable lost) {
    try {
      signer.stayKnown();
      renewIfDue();
    } catch (VaultUnreachable | IdentityException e) {
      LOG.log(System.Logger.Level.WARNING, "the certificate waits for Vault: {0}", e.getMessage());
    } catch (VaultRefused e) {
      LOG.log(System.Logger.Level.WARNING, "no new certificate: {0}", e.getMessage());
      if (isNearItsEnd()) {
        lost.run();
      }
    }
  }

  private boolean isNearItsEnd() {
    Duration left = Duration.between(clock.instant(), identity.credential().notAfter());
    return left.compareTo(life.dividedBy(4)) < 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
