// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where alerts are posted, and how a message is signed: HMAC-SHA-256 over its id, its time and
 * itself, as the Standard Webhooks specification (1.0.0, "Signature scheme") has it.
 */
final class Webhook {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final URI url;
  private final SecretKeySpec key;

  private Webhook(URI url, SecretKeySpec key) {
    this.url = url;
    this.key = key;
  }

  /**
   * Empty if none is named.
   *
   * @throws IllegalArgumentException with a line that names the key and what it takes, and never
   *     says what it was given
   */
  static Optional<Webhook> of(AlertConfig config) {
    if (config.webhookUrl().isEmpty() && config.webhookSecret().isEmpty()) {
      return Optional.empty();
    }
    String url = config.webhookUrl().orElseThrow(() -> wrong("url", "is missing"));
    String secret =
        config
            .webhookSecret()
            .orElseThrow(
                () -> wrong("secret", "is missing: whsec_ and 24 to 64 random bytes in base64"));
    return Optional.of(new Webhook(url(url), key(secret)));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean safe = "https".equals(url.getScheme()) || isHttpHere(url);
      if (safe && url.getHost() != null && url.getUserInfo() == null && url.getPort() <= 65_535) {
        return url;
      }
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException("coffer.alerts.webhook-url is no URL", e);
    }
    throw wrong("url", "takes an https URL without a user, or http to an address of this machine");
  }

  private static boolean isHttpHere(URI url) {
    try {
      return "http".equals(url.getScheme())
          && url.getHost() != null
          && InetAddress.ofLiteral(url.getHost()).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // A name, which may mean another machine tomorrow.
    }
  }

  private static SecretKeySpec key(String text) {
    try {
      if (text.startsWith(PREFIX)) {
        byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (bytes.length >= SHORTEST && bytes.length <= LONGEST) {
          return new SecretKeySpec(bytes, ALGORITHM);
        }
      }
    } catch (IllegalArgumentException e) {
      throw wrong("secret", "is no base64 behind whsec_"); // What it says may hold the secret.
    }
    throw wrong("secret", "takes whsec_ and 24 to 64 random bytes in base64");
  }

  private static IllegalArgumentException wrong(String key, String fix) {
    return new IllegalArgumentException("coffer.alerts.webhook-" + key + " " + fix);
  }

  URI url() {
    return url;
  }

  /** For the header {@code webhook-signature}. */
  String signature(String id, Instant at, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal((id + "." + at.getEpochSecond() + "." + body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
