// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.math.BigInteger;
import java.security.spec.RSAPublicKeySpec;

/**
 * RSA with SHA-2 (RFC 8332).
 *
 * <pre>
 * key       = string "ssh-rsa", mpint e, mpint n
 * signature = string "rsa-sha2-256" or "rsa-sha2-512", string as long as n
 * </pre>
 */
record RsaKey(BigInteger exponent, BigInteger modulus) implements SshPublicKey {
  static final String TYPE = "ssh-rsa";
  static final int FEWEST_BITS = 3072;

  /** Verifying takes time with the square of the length. */
  static final int MOST_BITS = 8192;

  private static final int MOST_EXPONENT_BITS = 33;

  RsaKey {
    if (modulus.bitLength() < FEWEST_BITS || modulus.bitLength() > MOST_BITS) {
      throw new MalformedSsh("an RSA key has 3072 to 8192 bits");
    }
    boolean exponentFits =
        exponent.testBit(0)
            && exponent.compareTo(BigInteger.TWO) > 0
            && exponent.bitLength() <= MOST_EXPONENT_BITS;
    if (!modulus.testBit(0) || !exponentFits) {
      throw new MalformedSsh("the numbers of the RSA key are out of range");
    }
  }

  static RsaKey read(Wire in) {
    return new RsaKey(in.positive(), in.positive());
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public byte[] blob() {
    return new WireOut()
        .name(TYPE)
        .string(exponent.toByteArray())
        .string(modulus.toByteArray())
        .toBytes();
  }

  @Override
  public boolean verifies(byte[] signature, byte[] message) {
    Wire in = new Wire(signature);
    String algorithm =
        switch (in.name()) {
          case "rsa-sha2-256" -> "SHA256withRSA";
          case "rsa-sha2-512" -> "SHA512withRSA";
          default -> "";
        };
    if (algorithm.isEmpty()) {
      return false;
    }
    byte[] raw = in.string((modulus.bitLength() + 7) / 8);
    in.end();
    RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, exponent);
    return Jca.verifies(algorithm, Jca.key("RSA", spec), raw, message);
  }
}
