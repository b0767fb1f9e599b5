// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import dev.cofferdam.partidentity.kafka.KafkaTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** What the rules of Kafka, the stack and the types say of one topic. */
record TopicRow(String topic, String key, String writers, String readers, String kept) {
  private static final Pattern HOURS = Pattern.compile("\"log\\.retention\\.hours=(\\d+)\"");
  private static final Pattern FOR_EVER = Pattern.compile("String HEADS = \"([a-z0-9.]+)\"");

  /** All that anybody may write to; those of events come first. */
  static List<TopicRow> all(Path root, List<EventType> types) throws IOException {
    String stack =
        Files.readString(root.resolve("stack/src/main/java/dev/cofferdam/stack/part/Kafka.java"));
    int hours = Integer.parseInt(only(HOURS, stack));
    String forEver = only(FOR_EVER, stack);
    return Stream.concat(
            types.stream().map(type -> type.topic().wireName()).sorted(),
            KafkaTrust.rules().stream()
                .filter(rule -> rule.pattern().resourceType() == ResourceType.TOPIC)
                .map(rule -> rule.pattern().name())
                .sorted())
        .distinct()
        .map(
            topic ->
                new TopicRow(
                    topic,
                    keys(topic, types),
                    who(topic, AclOperation.WRITE),
                    who(topic, AclOperation.READ),
                    topic.equals(forEver) ? "for ever" : hours / 24 + " days"))
        .toList();
  }

  private static String only(Pattern pattern, String text) {
    List<String> found = pattern.matcher(text).results().map(match -> match.group(1)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException("the stack says " + pattern + " " + found.size() + " times");
    }
    return found.getFirst();
  }

  private static String keys(String topic, List<EventType> types) {
    return types.stream()
        .filter(type -> type.topic().wireName().equals(topic))
        .map(EventType::key)
        .distinct()
        .sorted()
        .collect(Collectors.collectingAndThen(Collectors.joining("; "), TopicRow::orDash));
  }

  private static String who(String topic, AclOperation operation) {
    return KafkaTrust.rules().stream()
        .filter(rule -> rule.pattern().resourceType() == ResourceType.TOPIC)
        .filter(rule -> rule.pattern().name().equals(topic))
        .filter(rule -> rule.entry().operation() == operation)
        .map(rule -> rule.entry().principal().replaceFirst("^User:", ""))
        .sorted()
        .collect(Collectors.collectingAndThen(Collectors.joining(", "), TopicRow::orDash));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  String line() {
    return "| `%s` | %s | %s | %s | %s |\n".formatted(topic, key, writers, readers, kept);
  }
}
