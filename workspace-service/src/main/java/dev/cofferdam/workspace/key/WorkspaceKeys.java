// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.key;

import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.vault.VaultJson;
import dev.cofferdam.vault.WrappingToken;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * One transit key for each workspace; its data key exists outside Vault only wrapped by it.
 *
 * <p>The policy of this service sets {@code min_wrapping_ttl} on decryption, so an unwrapped key
 * cannot be asked for.
 */
@ApplicationScoped
public class WorkspaceKeys {
  /**
   * Long enough for a sandbox to start, short enough to be useless soon; the policy allows 10 to 60
   * s.
   */
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(WorkspaceKeys.class);

  private final VaultJson vault;

  WorkspaceKeys(VaultJson vault) {
    this.vault = vault;
  }

  /** Signs in to Vault and loads what that takes, so that the first person need not wait for it. */
  void warmUp(@Observes StartupEvent event) {
    Thread.ofVirtual().name("vault-warm-up").start(this::look);
  }

  private void look() {
    try {
      vault.find("transit/keys/" + name(WorkspaceId.random()));
    } catch (RuntimeException e) {
      LOG.infof("Vault is asked later: %s", e.getMessage());
    }
  }

  private static String name(WorkspaceId workspace) {
    return "ws-" + workspace;
  }

  /** Makes both keys and returns the wrapped data key, {@code vault:v1:…}. */
  public String create(WorkspaceId workspace) {
    vault.write("transit/keys/" + name(workspace), Map.of("type", "aes256-gcm96"));
    Map<String, Object> data =
        vault.write("transit/datakey/wrapped/" + name(workspace), Map.of("bits", 256));
    if (data.get("ciphertext") instanceof String wrapped) {
      return wrapped;
    }
    throw new ProblemException(Problem.unavailable("Vault"));
  }

  /** A token with which a sandbox takes the unwrapped key from Vault, once. */
  public WrappingToken grant(WorkspaceId workspace, String wrappedKey) {
    return vault.writeWrapped(
        "transit/decrypt/" + name(workspace), Map.of("ciphertext", wrappedKey), TOKEN_LIFE);
  }

  /**
   * Crypto-shredding: without the transit key nobody can unwrap the data key again. What was
   * shredded before stays so.
   */
  public void shred(WorkspaceId workspace) {
    String key = "transit/keys/" + name(workspace);
    if (vault.find(key).isEmpty()) {
      return;
    }
    vault.write(key + "/config", Map.of("deletion_allowed", true));
    vault.delete(key);
  }
}
