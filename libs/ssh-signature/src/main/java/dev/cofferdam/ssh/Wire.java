// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the data types of RFC 4251 section 5, in their one canonical form.
 *
 * <pre>
 * uint32 = 4 bytes, big endian        string = uint32 length, that many bytes
 * uint64 = 8 bytes, big endian        mpint  = string, two's complement, no needless leading byte
 * </pre>
 */
final class Wire {
  private final ByteBuffer bytes;

  Wire(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  byte[] take(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedSsh("ends too early");
    }
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  int uint32() {
    return ByteBuffer.wrap(take(Integer.BYTES)).getInt();
  }

  /** As a signed number: what is beyond 2^63 looks negative. */
  long uint64() {
    return ByteBuffer.wrap(take(Long.BYTES)).getLong();
  }

  byte[] string() {
    return take(uint32());
  }

  byte[] string(int length) {
    byte[] string = string();
    if (string.length != length) {
      throw new MalformedSsh("a string has the wrong length");
    }
    return string;
  }

  /** A name of the protocol. Each byte is one character, so two names never look alike. */
  String name() {
    return new String(string(), StandardCharsets.ISO_8859_1);
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string())).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedSsh("a text is not UTF-8", e);
    }
  }

  BigInteger positive() {
    byte[] number = string();
    boolean canonical =
        number.length > 0
            && number[0] >= 0
            && (number[0] > 0 || number.length > 1 && number[1] < 0);
    if (!canonical) {
      throw new MalformedSsh("a number is not in its shortest positive form");
    }
    return new BigInteger(number);
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  void end() {
    if (!isAtEnd()) {
      throw new MalformedSsh("bytes are left over");
    }
  }

  /** Everything that was read so far. */
  byte[] before() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
