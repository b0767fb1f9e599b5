// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import dev.cofferdam.eventreference.Field.Form;
import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.KeySequence;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventReader;
import dev.cofferdam.partidentity.PartName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the code says of one type of events. */
record EventType(
    Class<?> record, String meaning, List<Golden> examples, String key, List<Field> fields) {

  /** Where a component's name, or that with {@code Id}, is not the field's. */
  private static final Map<String, String> OTHER_NAMES = Map.of("askedBy", "user");

  private record Component(Class<?> owner, String name, Form form) {}

  /** What any event may have beside what its type has. */
  private static final Map<String, Component> BESIDE =
      Map.of(
          "chain", new Component(KeySequence.class, "chain", Form.ID),
          "number", new Component(KeySequence.class, "number", Form.COUNT),
          "actorId", new Component(Actor.class, "user", Form.ID),
          "actorCredential", new Component(Actor.class, "credential", Form.WORD),
          "actorAddress", new Component(Actor.class, "address", Form.WORD));

  /**
   * @param examples of one type, the fullest last
   */
  static EventType of(List<Golden> examples, Sources sources) {
    Golden fullest = examples.getLast();
    Class<?> record = fullest.event().getClass();
    return new EventType(
        record, sources.ofType(record), examples, key(fullest), fields(fullest, record, sources));
  }

  String name() {
    return example().type();
  }

  private Golden example() {
    return examples.getLast();
  }

  Topic topic() {
    return example().event().topic();
  }

  List<String> tellers() {
    Event event = example().event();
    return List.copyOf(
        new TreeSet<>(EventReader.tellers(event).stream().map(PartName::word).toList()));
  }

  /** The field whose value it is, and which one is if that is empty; or a word of its own. */
  private static String key(Golden golden) {
    String key = golden.event().key();
    String field = fieldWith(golden, key);
    if (field.isEmpty()) {
      return "the word `" + key + "`";
    }
    Golden emptied = golden.with(field, golden.json().textNode(""));
    return emptied.isRead()
        ? "`" + field + "`, or `" + fieldWith(emptied, emptied.event().key()) + "` if it is empty"
        : "`" + field + "`";
  }

  private static String fieldWith(Golden golden, String value) {
    return golden
        .json()
        .propertyStream()
        .filter(field -> field.getValue().asText().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static List<Field> fields(Golden golden, Class<?> record, Sources sources) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("v", Form.VERSION, golden.without("v").isRead(), "The form's version."));
    fields.add(new Field("type", Form.TYPE, golden.without("type").isRead(), "Which event it is."));
    Map<String, Component> components = components(record);
    golden
        .json()
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("v") && !name.equals("type"))
        .forEach(
            name -> {
              Component of =
                  BESIDE.containsKey(name)
                      ? BESIDE.get(name)
                      : components.remove(component(name, components));
              if (of == null) {
                throw new IllegalStateException(record + " has nothing for " + name);
              }
              String meaning = sources.ofComponent(of.owner(), of.name());
              fields.add(new Field(name, of.form(), golden.without(name).isRead(), meaning));
            });
    if (!components.isEmpty()) {
      throw new IllegalStateException(
          "no golden file of " + record + " shows " + components.keySet());
    }
    return List.copyOf(fields);
  }

  private static String component(String field, Map<String, Component> components) {
    return components.containsKey(field)
        ? field
        : OTHER_NAMES.getOrDefault(field, field.replaceFirst("Id$", ""));
  }

  /** By name; those of a record inside stand beside its own, as they do in the JSON. */
  private static Map<String, Component> components(Class<?> record) {
    return componentsOf(record)
        .collect(
            Collectors.toMap(
                Component::name,
                component -> component,
                (one, other) -> {
                  throw new IllegalStateException(one + " and " + other);
                },
                LinkedHashMap::new));
  }

  private static Stream<Component> componentsOf(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            c ->
                c.getType().getNestHost() == record.getNestHost()
                    ? componentsOf(c.getType())
                    : Stream.of(new Component(record, c.getName(), Form.of(c.getGenericType()))));
  }
}
