// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What signs the first {@code size} entries.
 *
 * @param size how many there were, from 1
 * @param root of the Merkle tree over them, {@link Merkle}
 * @param at when it was signed, in whole microseconds
 * @param keyVersion of the key that signed it, from 1
 * @param signature ECDSA over P-256 and SHA-256 of {@link #signed}: ASN.1 (RFC 3279 section 2.2.3)
 *     in base64
 */
public record Head(long size, Hash root, Instant at, int keyVersion, String signature)
    implements Line {
  private static final byte[] TAG = "cofferdam-ledger-head-v1\0".getBytes(US_ASCII);
  static final int LONGEST_SIGNATURE = 128;

  public Head {
    if (size < 1 || keyVersion < 1 || at.getNano() % 1000 != 0) {
      throw new IllegalArgumentException("a head that can't be");
    }
    if (signature.length() > LONGEST_SIGNATURE) {
      throw new IllegalArgumentException("a signature is too long");
    }
  }

  /**
   * The bytes that are signed:
   *
   * <pre>
   * head = "cofferdam-ledger-head-v1" 0x00 size at root
   * size = 8 bytes, big endian
   * at   = 8 bytes, big endian: microseconds since 1970-01-01T00:00:00Z
   * root = 32 bytes
   * </pre>
   */
  public static byte[] signed(long size, Instant at, Hash root) {
    return signed(TAG, size, at, root);
  }

  /** The same behind another word, which says what the signature is for. */
  static byte[] signed(byte[] tag, long size, Instant at, Hash root) {
    return ByteBuffer.allocate(tag.length + Long.BYTES + Long.BYTES + Hash.BYTES)
        .put(tag)
        .putLong(size)
        .putLong(Entry.micros(at))
        .put(root.toBytes())
        .array();
  }
}
