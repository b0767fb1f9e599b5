// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * ECDSA on P-256 (RFC 5656 section 3.1).
 *
 * <pre>
 * key       = string "ecdsa-sha2-nistp256", string "nistp256", string point (04, x, y)
 * signature = string "ecdsa-sha2-nistp256", string ( mpint r, mpint s )
 * </pre>
 */
record EcdsaKey(Blob point) implements SshPublicKey {
  static final String TYPE = "ecdsa-sha2-nistp256";
  private static final String CURVE = "nistp256";
  private static final int COORDINATE = 32;
  private static final int POINT = 1 + 2 * COORDINATE;
  private static final byte UNCOMPRESSED = 4;

  /** SP 800-186 section 3.2.1.3: prime, b and order of the curve. */
  private static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  /** SubjectPublicKeyInfo of RFC 5480 up to the point. */
  private static final byte[] X509 =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  EcdsaKey {
    byte[] bytes = point.toBytes();
    if (bytes.length != POINT || bytes[0] != UNCOMPRESSED || !isOnCurve(bytes)) {
      throw new MalformedSsh("the key is no point of nistp256");
    }
  }

  static EcdsaKey read(Wire in) {
    if (!in.name().equals(CURVE)) {
      throw new MalformedSsh("the curve is not nistp256");
    }
    return new EcdsaKey(Blob.copyOf(in.string(POINT)));
  }

  private static boolean isOnCurve(byte[] point) {
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT));
    BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B).mod(P);
    return x.compareTo(P) < 0 && y.compareTo(P) < 0 && y.multiply(y).mod(P).equals(right);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public byte[] blob() {
    return new WireOut().name(TYPE).name(CURVE).string(point.toBytes()).toBytes();
  }

  @Override
  public boolean verifies(byte[] signature, byte[] message) {
    Wire in = new Wire(signature);
    if (!in.name().equals(TYPE)) {
      return false;
    }
    Wire numbers = new Wire(in.string());
    in.end();
    BigInteger r = numbers.positive();
    BigInteger s = numbers.positive();
    numbers.end();
    if (r.compareTo(N) >= 0 || s.compareTo(N) >= 0) {
      return false;
    }
    byte[] raw = new WireOut().raw(fixed(r)).raw(fixed(s)).toBytes();
    return Jca.verifies("SHA256withECDSAinP1363Format", key(), raw, message);
  }

  private PublicKey key() {
    byte[] spec = new WireOut().raw(X509).raw(point.toBytes()).toBytes();
    return Jca.key("EC", new X509EncodedKeySpec(spec));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
    return fixed;
  }
}
