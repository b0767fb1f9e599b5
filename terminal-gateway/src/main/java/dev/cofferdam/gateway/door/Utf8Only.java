// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON is UTF-8 (RFC 8259 section 8.1). The parser alone would guess at UTF-16 and UTF-32, and take
 * a letter that is written in more bytes than it needs, which RFC 3629 section 3 forbids: who looks
 * at the bytes in front of us would see another text than we do.
 */
final class Utf8Only extends InputDecorator {
  private static final long serialVersionUID = 1L;
  private static final String NOT_UTF_8 = "not UTF-8";

  @Override
  public InputStream decorate(IOContext context, InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    require(bytes, 0, bytes.length);
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream decorate(IOContext context, byte[] bytes, int from, int length)
      throws IOException {
    require(bytes, from, length);
    return new ByteArrayInputStream(bytes, from, length);
  }

  @Override
  public Reader decorate(IOContext context, Reader text) {
    return text;
  }

  /** A zero byte is in no JSON, but in each of the other encodings of it. */
  private static void require(byte[] bytes, int from, int length) throws JsonProcessingException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    } catch (CharacterCodingException e) {
      throw new JsonParseException(null, NOT_UTF_8, e);
    }
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == 0) {
        throw new JsonParseException(null, NOT_UTF_8);
      }
    }
  }
}
