// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.vault.VaultJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The key that signs heads. It is in Vault and stays there. */
@ApplicationScoped
class AuditKey {
  private static final String KEY = "transit/keys/audit";
  private static final String SIGN = "transit/sign/audit/sha2-256";
  private static final Pattern SIGNATURE = Pattern.compile("vault:v([0-9]{1,6}):([A-Za-z0-9+/=]+)");

  private final VaultJson vault;

  AuditKey(VaultJson vault) {
    this.vault = vault;
  }

  /**
   * @param version of the key, from 1
   * @param text ASN.1 in base64
   */
  record Signature(int version, String text) {}

  Signature sign(byte[] message) {
    Map<String, String> body = Map.of("input", Base64.getEncoder().encodeToString(message));
    Matcher signature = SIGNATURE.matcher(String.valueOf(vault.write(SIGN, body).get("signature")));
    if (!signature.matches()) {
      throw new ProblemException(Problem.unavailable("Vault"));
    }
    return new Signature(Integer.parseInt(signature.group(1)), signature.group(2));
  }

  /** All versions as PEM, oldest first. */
  String publicKeys() {
    TreeMap<Integer, String> versions = new TreeMap<>();
    if (vault.read(KEY).get("keys") instanceof Map<?, ?> keys) {
      keys.forEach(
          (version, key) -> {
            if (key instanceof Map<?, ?> members
                && members.get("public_key") instanceof String pem) {
              versions.put(Integer.parseInt(version.toString()), pem.strip() + "\n");
            }
          });
    }
    if (versions.isEmpty()) {
      throw new ProblemException(Problem.unavailable("Vault"));
    }
    return versions.values().stream().collect(Collectors.joining());
  }
}
