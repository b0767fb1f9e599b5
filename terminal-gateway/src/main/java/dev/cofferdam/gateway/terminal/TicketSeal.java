// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.secrets.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a text of something that only gateways of the same start can read, and nobody can change:
 * AES-256-GCM (NIST SP 800-38D) under a key that they all were handed. The nonces are random, 96
 * bits: good for 2^32 of them under one key (its section 8.3), and a key lasts for one start.
 * Thread-safe.
 */
final class TicketSeal {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes in base64url; without one, what is sealed here is read here alone
   */
  TicketSeal(Optional<String> key) {
    try (SecretBytes bytes =
        key.map(text -> SecretBytes.takeOwnership(Base64.getUrlDecoder().decode(text)))
            .orElseGet(() -> SecretBytes.random(KEY_BYTES))) {
      if (bytes.lengthBytes() != KEY_BYTES) {
        throw new IllegalArgumentException("the key of socket tickets has 32 bytes");
      }
      this.key = bytes.map(b -> new SecretKeySpec(b, "AES"));
    }
  }

  String seal(byte[] content) {
    try (SecretBytes random = SecretBytes.random(NONCE_BYTES)) {
      byte[] nonce = random.map(byte[]::clone);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has " + ALGORITHM, e);
    }
  }

  /** What was sealed; empty for anything else. */
  Optional<byte[]> open(String text) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      if (all.length <= NONCE_BYTES) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
