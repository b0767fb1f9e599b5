// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes what {@link Wire} reads. */
final class WireOut {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  WireOut raw(byte... raw) {
    bytes.writeBytes(raw);
    return this;
  }

  WireOut uint32(int number) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  WireOut string(byte[] string) {
    return uint32(string.length).raw(string);
  }

  WireOut name(String name) {
    return string(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
