// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.handover;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The line itself: a flat JSON object of configuration key to string, in UTF-8, ended by a line
 * feed or the end of the stream. At most {@value #MAX_BYTES} bytes.
 */
public final class HandoverLine {
  /** Some twenty short values fit in a fiftieth of it. */
  static final int MAX_BYTES = 64 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private HandoverLine() {}

  /** The line for the writing side, without its line feed. */
  public static String write(Map<String, String> values) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (Map.Entry<String, String> value : values.entrySet()) {
        json.writeStringField(value.getKey(), value.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written to", e);
    }
    return line.toString();
  }

  /**
   * Reads up to the line feed and not beyond.
   *
   * @throws HandoverException if the line is missing, too long or not flat; the message never holds
   *     a part of it
   */
  public static Map<String, String> read(InputStream in) {
    byte[] line = readLine(in);
    try (JsonParser json = JSON.createParser(line)) {
      return Map.copyOf(readObject(json));
    } catch (JsonProcessingException e) {
      // Without its cause: the parser's message may quote the line.
      throw new HandoverException("the handed-over line is not a flat JSON object");
    } catch (IOException e) {
      throw new HandoverException("the handed-over line could not be read");
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  /**
   * A later line, for a part that is handed more while it runs; empty once nobody can hand over
   * anything any more.
   *
   * @throws HandoverException as {@link #read}
   */
  public static Optional<Map<String, String>> readNext(InputStream in) {
    try {
      int first = in.read();
      if (first < 0) {
        return Optional.empty();
      }
      PushbackInputStream whole = new PushbackInputStream(in, 1);
      whole.unread(first);
      return Optional.of(read(whole));
    } catch (IOException e) {
      throw new HandoverException("standard input could not be read");
    }
  }

  private static byte[] readLine(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
        if (line.size() == MAX_BYTES) {
          throw new HandoverException("the handed-over line is longer than " + MAX_BYTES);
        }
        line.write(next);
      }
    } catch (IOException e) {
      throw new HandoverException("standard input could not be read");
    }
    return line.toByteArray();
  }

  private static Map<String, String> readObject(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new HandoverException("no object was handed over on standard input");
    }
    Map<String, String> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new HandoverException("a handed-over value is not a string");
      }
      values.put(key, json.getText());
    }
    if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new HandoverException("the handed-over line is not one flat object");
    }
    return values;
  }
}
