// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What ties an answer of a provider to the browser that asked. Nonce and PKCE verifier are made of
 * the state and of a secret that only the browser keeps, in a cookie: we store neither, and in
 * another browser they come out different (ADR 0013).
 *
 * @param state travels over the provider and back
 * @param nonce comes back inside the ID token
 * @param verifier shown to the provider only with the code, RFC 7636 section 4.1
 */
record Handshake(String state, String nonce, String verifier) {
  private static final int STATE_BYTES = 32;

  /** With a fresh state. */
  static Handshake begin(String browserSecret) {
    try (SecretBytes state = SecretBytes.random(STATE_BYTES)) {
      return of(browserSecret, state.toBase64Url());
    }
  }

  static Handshake of(String browserSecret, String state) {
    return new Handshake(
        state, mac(browserSecret, "nonce:" + state), mac(browserSecret, "pkce:" + state));
  }

  /** RFC 7636 section 4.2, method S256. */
  String challenge() {
    return base64Url(sha256(verifier));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String mac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), "HmacSHA256"));
      return base64Url(mac.doFinal(text.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Handshake";
  }
}
