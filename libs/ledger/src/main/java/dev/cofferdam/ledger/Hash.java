// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value, 32 bytes; public, so compared in any time. */
public final class Hash {
  public static final int BYTES = 32;

  /** What stands for the entry before the first. */
  public static final Hash NONE = new Hash(new byte[BYTES]);

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException unless it has 32 bytes
   */
  public static Hash copyOf(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes");
    }
    return new Hash(bytes.clone());
  }

  /**
   * @param hex 64 digits
   * @throws IllegalArgumentException for anything else
   */
  public static Hash parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("a hash has 64 digits");
    }
    return new Hash(HEX.parseHex(hex));
  }

  /** Of a text's UTF-8 bytes. */
  public static Hash ofText(String text) {
    return of(text.getBytes(UTF_8));
  }

  static Hash of(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return new Hash(digest.digest());
  }

  /** With one byte in front that says what is hashed. */
  static Hash tagged(byte tag, Hash... parts) {
    MessageDigest digest = sha256();
    digest.update(tag);
    for (Hash part : parts) {
      digest.update(part.bytes);
    }
    return new Hash(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 digits, small letters. */
  @Override
  public String toString() {
    return HEX.formatHex(bytes);
  }
}
