// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** The 32 bytes of an Ed25519 public key (RFC 8032 section 5.1.2). */
record EdwardsPoint(Blob encoded) {
  static final int LENGTH = 32;

  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /**
   * The heights of the eight points of small order: under such a key one signature fits about any
   * message.
   */
  static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  /** SubjectPublicKeyInfo of RFC 8410 up to the key. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  EdwardsPoint {
    BigInteger height = height(encoded.toBytes());
    if (height.compareTo(P) >= 0 || SMALL_ORDER.contains(height)) {
      throw new MalformedSsh("the point of the key is of small order or not canonical");
    }
  }

  static EdwardsPoint read(Wire in) {
    return new EdwardsPoint(Blob.copyOf(in.string(LENGTH)));
  }

  private static BigInteger height(byte[] littleEndian) {
    byte[] bigEndian = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bigEndian[i] = littleEndian[LENGTH - 1 - i];
    }
    return new BigInteger(1, bigEndian).clearBit(255);
  }

  PublicKey toKey() {
    byte[] spec = new WireOut().raw(X509).raw(encoded.toBytes()).toBytes();
    return Jca.key("Ed25519", new X509EncodedKeySpec(spec));
  }
}
