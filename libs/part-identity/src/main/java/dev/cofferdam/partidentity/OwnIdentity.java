// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import dev.cofferdam.vaultsetup.PartLogin;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the service that this process is, got from Vault the first time that anything
 * asks: the database's driver asks before there are beans. Without the settings below there is
 * none, and so no connection to any other part.
 *
 * <ul>
 *   <li>{@code coffer.identity.part}: auth, session, workspace or gateway
 *   <li>{@code coffer.identity.vault}: Vault's address
 *   <li>{@code coffer.identity.authority}: the certificate that all others hang from, as PEM
 *   <li>{@code coffer.identity.secret-id-wrapping-token}: the sign-in to Vault, good once
 *   <li>{@code coffer.identity.life}: how long a certificate is good, a day at most and by default
 * </ul>
 */
public final class OwnIdentity {
  private static final String PREFIX = "coffer.identity.";
  private static volatile Runnable lost = () -> {};
  private static @Nullable Renewal own;

  private OwnIdentity() {}

  /**
   * @throws IdentityException without the settings
   */
  public static synchronized PartIdentity get() {
    Renewal renewal = own;
    if (renewal == null) {
      renewal = undisturbed(ConfigProvider.getConfig()).keepRenewed(() -> lost.run());
      own = renewal;
    }
    return renewal.identity();
  }

  /** Connections to PostgreSQL and nobody else. */
  public static SSLSocketFactory socketsToPostgres() {
    return get().context(Set.of(PartName.POSTGRES)).getSocketFactory();
  }

  /** What is to be done when Vault won't give another certificate and this one's end is near. */
  public static void whenLost(Runnable end) {
    lost = end;
  }

  /** No more renewals. */
  public static synchronized void close() {
    if (own != null) {
      own.close();
    }
  }

  /**
   * On a thread that nobody interrupts: a pool of connections that loses patience on a busy machine
   * interrupts who makes one, and a sign-in that was broken off has spent its token.
   */
  private static Renewal undisturbed(Config config) {
    CompletableFuture<Renewal> begun = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("own-identity")
        .start(
            () -> {
              try {
                begun.complete(begin(config));
              } catch (RuntimeException | Error e) {
                begun.completeExceptionally(e);
              }
            });
    try {
      return begun.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static Renewal begin(Config config) {
    PartName part = PartName.of(require(config, "part"));
    X509Certificate authority = Pem.certificate(require(config, "authority"));
    Duration life =
        config.getOptionalValue(PREFIX + "life", Duration.class).orElse(Duration.ofDays(1));
    PartLogin login =
        PartLogin.with(
            URI.create(require(config, "vault")),
            part.word(),
            require(config, "secret-id-wrapping-token"));
    return Renewal.begin(part, authority, new VaultSigner(login), life, InstantSource.system());
  }

  private static String require(Config config, String name) {
    return config
        .getOptionalValue(PREFIX + name, String.class)
        .orElseThrow(() -> new IdentityException(PREFIX + name + " is not set: no certificate"));
  }
}
