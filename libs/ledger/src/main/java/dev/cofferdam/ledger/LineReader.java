// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what {@link LineWriter} wrote, and nothing else: a field that is missing, unknown or there
 * twice is an error, since nobody would have hashed it. One line at a time is in memory.
 */
public final class LineReader {
  /** More than nine texts of 512 characters that are each written as a JSON escape. */
  private static final int LONGEST_LINE = 65_536;

  private static final int LINE_LENGTH = 1024;
  private static final int BUFFER_LENGTH = 65_536;
  private static final int ENTRY_FIELDS = 17;
  private static final int HEAD_FIELDS = 6;
  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final Reader text;
  private final char[] buffer = new char[BUFFER_LENGTH];
  private int at;
  private int end;
  private long lines;

  /**
   * @param name what it is called where a line can't be read
   */
  public LineReader(String name, Reader text) {
    this.name = name;
    this.text = text;
  }

  /**
   * The next line; empty at the end.
   *
   * @throws MalformedLine if it is none; the next call goes on behind it
   */
  public Optional<Line> next() throws IOException, MalformedLine {
    StringBuilder line = new StringBuilder(LINE_LENGTH);
    boolean ended = false;
    boolean any = false;
    while (!ended && fill()) {
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      // Of a line that is too long no more is kept than shows that it is.
      line.append(buffer, from, Math.min(at - from, LONGEST_LINE + 1 - line.length()));
      ended = at < end;
      at += ended ? 1 : 0;
    }
    if (!any) {
      return Optional.empty();
    }
    lines++;
    return Optional.of(named(withoutReturn(line)));
  }

  /** What carried the file may have ended its lines in its own way. */
  private static String withoutReturn(StringBuilder line) {
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }

  /** Whether there is something to read. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, text.read(buffer));
    }
    return at < end;
  }

  private Line named(String line) throws MalformedLine {
    try {
      if (line.length() > LONGEST_LINE) {
        throw new MalformedLine("it is longer than " + LONGEST_LINE + " characters");
      }
      return parse(line);
    } catch (MalformedLine e) {
      throw new MalformedLine(name + " " + lines + ": " + e.getMessage(), e);
    }
  }

  /**
   * One line, without its end.
   *
   * @throws MalformedLine also if it says what an entry or a head can, in other letters: what was
   *     exported has one spelling, so whatever differs was changed
   */
  public static Line parse(String line) throws MalformedLine {
    Line read = read(fields(line));
    if (!LineWriter.write(read).equals(line)) {
      throw new MalformedLine("it is not written as it was exported");
    }
    return read;
  }

  private static Line read(Map<String, String> fields) throws MalformedLine {
    String type = fields.getOrDefault("type", "");
    try {
      return switch (type) {
        case "entry" -> row(fields);
        case "head" -> head(fields);
        case "end" -> end(fields);
        default -> throw new MalformedLine("it is neither an entry nor a head nor an end");
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new MalformedLine(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, String> fields(String line) throws MalformedLine {
    Map<String, String> fields = HashMap.newHashMap(ENTRY_FIELDS);
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedLine("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
          throw new MalformedLine(name + " is neither a text nor a whole number");
        }
        if (fields.put(name, json.getText()) != null) {
          throw new MalformedLine(name + " is there twice");
        }
      }
      if (json.nextToken() != null) {
        throw new MalformedLine("something stands behind its end");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new MalformedLine("it is no JSON object", e);
    } catch (IOException e) {
      throw new IllegalStateException("a string is always there", e);
    }
  }

  private static Row row(Map<String, String> fields) throws MalformedLine {
    requireCount(fields, ENTRY_FIELDS);
    Fact fact =
        new Fact(
            UUID.fromString(text(fields, "event")),
            Instant.parse(text(fields, "at")),
            new Fact.Who(
                text(fields, "actor"), text(fields, "credential"), text(fields, "address")),
            new Fact.What(
                text(fields, "stream"),
                text(fields, "kind"),
                text(fields, "workspace"),
                text(fields, "subject"),
                text(fields, "detail")),
            Outcome.of(text(fields, "outcome")),
            text(fields, "reason"));
    Entry entry =
        new Entry(
            Long.parseLong(text(fields, "seq")),
            Long.parseLong(text(fields, "streamSequence")),
            Hash.parse(text(fields, "prev")),
            fact);
    return new Row(entry, Hash.parse(text(fields, "hash")));
  }

  private static Head head(Map<String, String> fields) throws MalformedLine {
    requireCount(fields, HEAD_FIELDS);
    return new Head(
        Long.parseLong(text(fields, "size")),
        Hash.parse(text(fields, "root")),
        Instant.parse(text(fields, "at")),
        Integer.parseInt(text(fields, "keyVersion")),
        text(fields, "signature"));
  }

  private static End end(Map<String, String> fields) throws MalformedLine {
    requireCount(fields, HEAD_FIELDS);
    return new End(
        Long.parseLong(text(fields, "size")),
        Hash.parse(text(fields, "root")),
        Instant.parse(text(fields, "at")),
        Integer.parseInt(text(fields, "keyVersion")),
        text(fields, "signature"));
  }

  private static void requireCount(Map<String, String> fields, int count) throws MalformedLine {
    if (fields.size() > count) {
      throw new MalformedLine("it has a field that does not belong there");
    }
  }

  private static String text(Map<String, String> fields, String name) throws MalformedLine {
    String text = fields.get(name);
    if (text == null) {
      throw new MalformedLine(name + " is missing");
    }
    return text;
  }
}
