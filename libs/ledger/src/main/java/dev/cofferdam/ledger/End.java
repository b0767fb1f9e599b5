// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;

/**
 * The last line of an export: what there was to export at that time. Without it a file that ends
 * too early looks like one that was made earlier.
 *
 * @param size how many entries there were, from 0
 * @param root of the Merkle tree over them, {@link Merkle}
 * @param at when it was exported, in whole microseconds
 * @param keyVersion of the key that signed it, from 1
 * @param signature of {@link #signed}, as of a {@link Head}
 */
public record End(long size, Hash root, Instant at, int keyVersion, String signature)
    implements Line {
  private static final byte[] TAG = "cofferdam-ledger-end-v1\0".getBytes(US_ASCII);

  public End {
    if (size < 0 || keyVersion < 1 || at.getNano() % 1000 != 0) {
      throw new IllegalArgumentException("an end that can't be");
    }
    if (signature.length() > Head.LONGEST_SIGNATURE) {
      throw new IllegalArgumentException("a signature is too long");
    }
  }

  /** The bytes that are signed: as of a head, behind "cofferdam-ledger-end-v1" 0x00. */
  public static byte[] signed(long size, Instant at, Hash root) {
    return Head.signed(TAG, size, at, root);
  }
}
