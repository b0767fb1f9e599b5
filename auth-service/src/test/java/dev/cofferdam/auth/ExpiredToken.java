// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.vault.VaultJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** A good access token as it is when its time is over: signed by the same key in Vault. */
final class ExpiredToken {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WELL_OVER_SECONDS = 600;

  private ExpiredToken() {}

  static String of(String good, VaultJson vault) {
    String[] parts = good.split("\\.");
    try {
      String key = JSON.readTree(decoded(parts[0])).path("kid").asText();
      ObjectNode claims = (ObjectNode) JSON.readTree(decoded(parts[1]));
      for (String time : new String[] {"iat", "exp"}) {
        claims.put(time, claims.path(time).asLong() - WELL_OVER_SECONDS);
      }
      String text = parts[0] + "." + encoded(JSON.writeValueAsBytes(claims));
      return text + "." + signature(text, key.substring(key.lastIndexOf('v') + 1), vault);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String signature(String text, String version, VaultJson vault) {
    Object signature =
        vault
            .write(
                "transit/sign/access-token/sha2-256",
                Map.of(
                    "input",
                    Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
                    "key_version",
                    Integer.parseInt(version),
                    "marshaling_algorithm",
                    "jws"))
            .get("signature");
    return String.valueOf(signature).replaceAll(".*:", "");
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
