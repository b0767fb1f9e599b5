// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

import dev.cofferdam.secrets.SecretBytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The authority for the parts' certificates: Vault's PKI engine with a root whose key never leaves
 * Vault, and a role for each part that allows one name.
 */
final class Certificates {
  /** A part keeps a certificate for half of this time. */
  private static final Duration LIFE = Duration.ofDays(1);

  private static final Duration ROOT_LIFE = Duration.ofDays(3650);
  private static final String DOMAIN = ".cofferdam.internal";

  /** Services have theirs made themselves; the last three are the supervisor's to ask for. */
  static final List<String> PARTS =
      List.of("auth", "session", "workspace", "gateway", "kafka", "postgres", "stack");

  private Certificates() {}

  static Map<String, Object> tuning() {
    return Map.of("max_lease_ttl", ROOT_LIFE.toSeconds() + "s");
  }

  static Map<String, Object> root() {
    return Map.of(
        "common_name",
        "Cofferdam internal authority",
        "key_type",
        "ec",
        "key_bits",
        256,
        "ttl",
        ROOT_LIFE.toSeconds() + "s",
        "max_path_length",
        0);
  }

  /** One name, one kind of key; names in the request itself count for nothing. */
  static Map<String, Object> role(String part) {
    Map<String, Object> role = new LinkedHashMap<>();
    role.put("allowed_domains", List.of(part + DOMAIN));
    role.put("allow_bare_domains", true);
    role.put("allow_subdomains", false);
    role.put("allow_localhost", false);
    role.put("allow_ip_sans", false);
    role.put("allow_wildcard_certificates", false);
    role.put("enforce_hostnames", true);
    role.put("use_csr_common_name", false);
    role.put("use_csr_sans", false);
    role.put("key_type", "ec");
    role.put("key_bits", 256);
    role.put("server_flag", true);
    role.put("client_flag", true);
    role.put("max_ttl", LIFE.toSeconds());
    role.put("no_store", true);
    return role;
  }

  static String sign(
      VaultHttp vault,
      SecretBytes token,
      String part,
      String commonName,
      String request,
      Duration life) {
    byte[] body =
        RequestJson.of(
            Map.of("csr", request, "common_name", commonName, "ttl", life.toSeconds() + "s"));
    try (Answer answer =
        VaultAdmin.reached(vault.post("pki/sign/" + part, token, body)).require()) {
      return answer.json().path("data").path("certificate").asText();
    }
  }
}
