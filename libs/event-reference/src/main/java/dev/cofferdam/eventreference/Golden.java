// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.MalformedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One golden file: an event as it is on the wire. */
record Golden(ObjectNode json) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * All of the present version below this root, by their types; of one type the one with most
   * fields comes last.
   */
  static List<Golden> all(Path root) throws IOException {
    List<Golden> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve("libs/events/src/test/resources/golden"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(new Golden((ObjectNode) JSON.readTree(Files.readString(file))));
      }
    }
    all.sort(Comparator.comparing(Golden::type).thenComparing(golden -> golden.json.size()));
    return all;
  }

  String type() {
    return text("type");
  }

  String text(String field) {
    return json.path(field).asText();
  }

  Event event() {
    return EventCodec.read(json.toString());
  }

  Golden without(String field) {
    return new Golden(json.deepCopy().without(field));
  }

  Golden with(String field, JsonNode value) {
    return new Golden(json.deepCopy().set(field, value));
  }

  /** Whether readers take it as an event. */
  boolean isRead() {
    try {
      event();
      return true;
    } catch (MalformedEvent e) {
      return false;
    }
  }
}
