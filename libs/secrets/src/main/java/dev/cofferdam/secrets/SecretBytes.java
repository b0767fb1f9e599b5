// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.secrets;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Bytes that must not be printed, logged, serialised or kept longer than needed.
 *
 * <p>Guarantees: {@link #toString()} tells the length only; {@link #close()} overwrites the one
 * array it owns; equality takes the same time wherever the first difference is. Not thread-safe
 * against a concurrent {@link #close()}.
 */
public final class SecretBytes implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;
  private boolean wiped;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the array over: the caller must not use it again. */
  public static SecretBytes takeOwnership(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** Copies the array: the caller still has to wipe his own. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** Fresh bytes from the system's strong generator. */
  public static SecretBytes random(int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    RANDOM.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  /** Lends the bytes for the time of the call; they must not be kept. */
  public void use(Consumer<byte[]> user) {
    user.accept(open());
  }

  /** Lends the bytes for the time of the call and hands on what was made of them. */
  public <T> T map(Function<byte[], T> user) {
    return user.apply(open());
  }

  /**
   * Base64url without padding (RFC 4648 section 5), as a string: for credentials that must travel
   * in a header.
   */
  public String toBase64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(open());
  }

  public int lengthBytes() {
    return bytes.length;
  }

  /** Overwrites the bytes; afterwards every use throws {@link IllegalStateException}. */
  @Override
  public void close() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(open(), that.open());
  }

  /** The same for all, so that a hash table cannot leak an order. */
  @Override
  public int hashCode() {
    return SecretBytes.class.hashCode();
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + " bytes]";
  }

  private byte[] open() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped");
    }
    return bytes;
  }
}
