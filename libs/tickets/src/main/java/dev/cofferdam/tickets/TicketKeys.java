// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Ed25519 keys from their raw 32 bytes (RFC 8032 section 5.1.5), as Vault's transit engine writes
 * them.
 */
public final class TicketKeys {
  private static final int LENGTH_BYTES = 32;

  /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410 section 4). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private TicketKeys() {}

  /**
   * @throws IllegalArgumentException if these are not 32 bytes of a point
   */
  public static PublicKey publicKey(byte[] raw) {
    requireLength(raw);
    byte[] encoded = new byte[SPKI_PREFIX.length + LENGTH_BYTES];
    System.arraycopy(SPKI_PREFIX, 0, encoded, 0, SPKI_PREFIX.length);
    System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, LENGTH_BYTES);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /**
   * The caller keeps the seed and wipes it; the JDK's key object holds a copy that cannot be wiped.
   */
  public static PrivateKey privateKey(byte[] seed) {
    requireLength(seed);
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 seed", e);
    }
  }

  private static void requireLength(byte[] raw) {
    if (raw.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }
  }
}
