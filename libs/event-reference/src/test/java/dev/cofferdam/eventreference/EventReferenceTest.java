// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.cofferdam.events.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/events says what the code of the events says, and its schemas fit what is written. */
class EventReferenceTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path DOCS = Path.of("docs/events");
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  /** What does not belong into most fields. */
  private static final List<JsonNode> OTHERS =
      List.of(
          IntNode.valueOf(0),
          IntNode.valueOf(2),
          BooleanNode.TRUE,
          NullNode.getInstance(),
          TextNode.valueOf(""),
          TextNode.valueOf("yesterday"));

  private static List<EventType> types = List.of();

  @BeforeAll
  static void read() throws IOException {
    Sources sources = Sources.of(ROOT);
    types =
        Golden.all(ROOT).stream()
            .collect(Collectors.groupingBy(Golden::type, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(examples -> EventType.of(examples, sources))
            .toList();
  }

  @Test
  void everyTypeHasItsPage() {
    assertThat(types.stream().<Class<?>>map(EventType::record).toList())
        .as("a golden file of each type, in libs/events")
        .containsExactlyInAnyOrderElementsOf(records(Event.class).toList());
  }

  private static Stream<Class<?>> records(Class<?> family) {
    return family.isSealed()
        ? Stream.of(family.getPermittedSubclasses()).flatMap(EventReferenceTest::records)
        : Stream.of(family);
  }

  @Test
  void docsSayWhatTheCodeSays() throws IOException {
    Map<String, String> right = new TreeMap<>();
    right.put("README.md", Pages.overview(types, TopicRow.all(ROOT, types)));
    for (EventType type : types) {
      right.put(type.name() + ".md", Pages.page(type));
      right.put(type.name() + ".schema.json", Pages.json(Schema.of(type)) + "\n");
    }
    Path copy = Path.of("target").resolve(DOCS);
    Files.createDirectories(copy);
    for (String stale : namesIn(copy)) {
      Files.delete(copy.resolve(stale));
    }
    for (Map.Entry<String, String> file : right.entrySet()) {
      Files.writeString(copy.resolve(file.getKey()), file.getValue());
    }
    Map<String, String> found = checkedIn();
    Set<String> names = new TreeSet<>(right.keySet());
    names.addAll(found.keySet());
    names.removeIf(name -> found.getOrDefault(name, "").equals(right.getOrDefault(name, "")));
    assertThat(names)
        .as(
            "docs/events is not what the code says. If the code is right: rm docs/events/*,"
                + " cp libs/event-reference/target/docs/events/* docs/events")
        .isEmpty();
  }

  private static Map<String, String> checkedIn() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String name : namesIn(ROOT.resolve(DOCS))) {
      found.put(name, Files.readString(ROOT.resolve(DOCS).resolve(name)));
    }
    return found;
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void schemasTakeEachGoldenFileAndRefuseItWithoutWhatItNeeds() {
    List<String> wrong = new ArrayList<>();
    for (EventType type : types) {
      JsonSchema schema = SCHEMAS.getSchema(Schema.of(type), WITH_FORMATS);
      for (Golden golden : type.examples()) {
        schema.validate(golden.json()).forEach(fault -> wrong.add(type.name() + ": " + fault));
        type.fields().stream()
            .filter(field -> golden.json().has(field.name()))
            .filter(
                field ->
                    field.optional()
                        != schema.validate(golden.without(field.name()).json()).isEmpty())
            .forEach(field -> wrong.add(type.name() + " without " + field.name()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void schemasAreSchemas() {
    JsonSchema dialect = SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012));
    for (EventType type : types) {
      assertThat(dialect.validate(Schema.of(type))).as(type.name()).isEmpty();
    }
  }

  @Test
  void schemasRefuseWhatReadersRefuse() {
    List<String> wrong = new ArrayList<>();
    for (EventType type : types) {
      JsonSchema schema = SCHEMAS.getSchema(Schema.of(type), WITH_FORMATS);
      Golden golden = type.examples().getLast();
      for (Field field : type.fields()) {
        for (JsonNode other : OTHERS) {
          Golden changed = golden.with(field.name(), other);
          if (schema.validate(changed.json()).isEmpty() && !changed.isRead()) {
            wrong.add(type.name() + " with " + field.name() + " " + other);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
