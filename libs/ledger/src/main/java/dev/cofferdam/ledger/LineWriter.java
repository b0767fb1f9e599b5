// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Entries, heads and the end of an export as lines of JSON, {@link LineReader} reads them. */
public final class LineWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private LineWriter() {}

  /** Without an end of line. */
  public static String write(Line line) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      switch (line) {
        case Row row -> {
          json.writeStringField("type", "entry");
          entry(json, row);
        }
        case Head head -> {
          json.writeStringField("type", "head");
          signed(json, head.size(), head.root(), head.at());
          signature(json, head.keyVersion(), head.signature());
        }
        case End end -> {
          json.writeStringField("type", "end");
          signed(json, end.size(), end.root(), end.at());
          signature(json, end.keyVersion(), end.signature());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void entry(JsonGenerator json, Row row) throws IOException {
    Entry entry = row.entry();
    Fact fact = entry.fact();
    json.writeNumberField("seq", entry.seq());
    json.writeStringField("stream", fact.what().stream());
    json.writeNumberField("streamSequence", entry.streamSequence());
    json.writeStringField("at", fact.at().toString());
    json.writeStringField("kind", fact.what().kind());
    json.writeStringField("actor", fact.who().actor());
    json.writeStringField("credential", fact.who().credential());
    json.writeStringField("address", fact.who().address());
    json.writeStringField("workspace", fact.what().workspace());
    json.writeStringField("subject", fact.what().subject());
    json.writeStringField("outcome", fact.outcome().wireName());
    json.writeStringField("reason", fact.reason());
    json.writeStringField("detail", fact.what().detail());
    json.writeStringField("event", fact.event().toString());
    json.writeStringField("prev", entry.prev().toString());
    json.writeStringField("hash", row.hash().toString());
  }

  private static void signed(JsonGenerator json, long size, Hash root, Instant at)
      throws IOException {
    json.writeNumberField("size", size);
    json.writeStringField("root", root.toString());
    json.writeStringField("at", at.toString());
  }

  private static void signature(JsonGenerator json, int keyVersion, String signature)
      throws IOException {
    json.writeNumberField("keyVersion", keyVersion);
    json.writeStringField("signature", signature);
  }
}
