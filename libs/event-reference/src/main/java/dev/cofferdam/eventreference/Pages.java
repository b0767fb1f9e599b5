// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What a person reads of the events. */
final class Pages {
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private static final String ABOUT =
      """
      # The events

      What the parts tell each other over Kafka, and the audit ledger records. Written from the code, as `EventReferenceTest` checks; parts are named as in their certificates.

      ## Topics

      """;

  private static final String FORM =
      """

      The first three carry events; the key orders them, so what concerns one key arrives in order. `coffer.dead.v1` has what was not believed, what stood behind a gap, which was taken, and which key's newest events never came, under the name of the topic in which it lay: a JSON object with that `topic`, the `reason`, a `detail`, and `key` and `value` as they came, cut if they are long. `coffer.audit.v1` has the signed heads of the audit ledger, under one key.

      ## Value

      Each event is one JSON object in UTF-8. `v` is the version of its form, `type` which event it is, `id` the event's own, `at` when it happened; then come the fields of its type, then what is said beside it: `chain` and `number` count the events of one topic and key that one part tells, and `actorId`, `actorCredential` and `actorAddress` name whose request had it happen, as far as somebody had. It is told at least once: a repeat has the same `id`. Within a version fields may be added, so a reader passes over those it does not know; an unknown version or type it does not read. Version 1 had nothing beside the fields of the type; it is still read, and no longer written. No event carries a secret or what a terminal shows.

      ## Sequence

      A part counts in the transaction that causes an event, so a number that is left out is an event that did not arrive. session-service, which records everything, checks each chain: an event in a place that another has is a dead letter; behind a gap it leaves a dead letter, raises an alert and takes the event. A key of which nobody told for 30 days begins a new chain, again from 1: [ADR 0038](../adr/0038-each-key-is-counted.md). Events of a session also have their `sequence` in it.

      ## Headers

      `signature` is a detached JSON Web Signature (RFC 7515 appendix F), ES256, by the part that tells the event, over the size and root of a Merkle tree (RFC 9162 section 2.1) whose leaves are the values that left together; the part's certificate is in `x5c`, the time in `iat`.

      `place` says where in that tree the value stands: its index, the tree's size, its root and the path from the leaf to the root in hexadecimal, with a space between each. A reader believes an event only if both fit, the certificate was good at that time, its part may tell of the type, and topic and key are the event's own: [ADR 0027](../adr/0027-events-are-signed-in-batches.md).

      ## Types

      | type | topic | told by | meaning |
      | --- | --- | --- | --- |
      """;

  private Pages() {}

  static String overview(List<EventType> types, List<TopicRow> topics) {
    StringBuilder page = new StringBuilder(ABOUT);
    page.append("| topic | key | written by | read by | kept |\n| --- | --- | --- | --- | --- |\n");
    topics.forEach(topic -> page.append(topic.line()));
    page.append(FORM);
    for (EventType type : types) {
      page.append("| [%s](%s.md) |".formatted(type.name(), type.name()))
          .append(" `%s` |".formatted(type.topic().wireName()))
          .append(" %s |".formatted(String.join(", ", type.tellers())))
          .append(" %s |\n".formatted(type.meaning()));
    }
    return page.toString();
  }

  static String page(EventType type) {
    StringBuilder page = new StringBuilder("# " + type.name() + "\n\n" + type.meaning() + "\n\n");
    page.append("- topic: `").append(type.topic().wireName()).append("`\n");
    page.append("- key: ").append(type.key()).append('\n');
    page.append("- told by: ").append(String.join(", ", type.tellers())).append('\n');
    page.append(
        "- schema: [%s.schema.json](%s.schema.json)\n\n".formatted(type.name(), type.name()));
    page.append("| field | JSON | may be absent | meaning |\n| --- | --- | --- | --- |\n");
    for (Field field : type.fields()) {
      page.append("| `%s` | %s |".formatted(field.name(), field.form().text()))
          .append(" %s | %s |\n".formatted(field.optional() ? "yes" : "no", field.meaning()));
    }
    return page + examples(type);
  }

  private static String examples(EventType type) {
    return type.examples().stream()
        .map(golden -> "\n```json\n" + json(golden.json()) + "\n```\n")
        .collect(Collectors.joining());
  }

  static String json(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values can be written", e);
    }
  }
}
