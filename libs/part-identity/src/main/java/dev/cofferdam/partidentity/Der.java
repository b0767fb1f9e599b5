// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity;

import java.io.ByteArrayOutputStream;

/** As much of DER (ITU-T X.690) as a request for a certificate needs. */
final class Der {
  static final byte[] NONE = {};
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT_0 = 0xA0;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  /** An empty context-specific [0]. */
  static byte[] emptyAttributes() {
    return tagged(CONTEXT_0, NONE);
  }

  static byte[] zero() {
    return tagged(INTEGER, new byte[] {0});
  }

  static byte[] bits(byte[] whole) {
    return tagged(BIT_STRING, new byte[] {0}, whole);
  }

  /**
   * @param encoded the identifier's content octets
   */
  static byte[] objectIdentifier(int... encoded) {
    byte[] content = new byte[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      content[i] = (byte) encoded[i];
    }
    return tagged(OBJECT_IDENTIFIER, content);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
  }
}
