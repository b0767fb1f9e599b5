// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** An example of what a schema describes, by the names and types of its members. */
final class Examples {
  static final String ID = "3f2b8c1e-5d0a-4c57-9f61-2a7e0b9d4c13";
  private static final String INSTANT = "2026-01-31T12:00:00Z";
  private static final int DEEPEST = 6;
  private static final Map<String, Object> BY_NAME =
      Map.ofEntries(
          Map.entry("name", "billing"),
          Map.entry("userName", "ada"),
          Map.entry("role", "member"),
          Map.entry("method", "ssh-key"),
          Map.entry("fingerprint", "SHA256:47DEQpj8HBSa-example"),
          Map.entry("state", "ACTIVE"),
          Map.entry("reason", "user"),
          Map.entry("action", "terminal"),
          Map.entry("title", "bash"),
          Map.entry("version", "0.1.0"),
          Map.entry("cols", 80),
          Map.entry("rows", 24),
          Map.entry("address", "192.0.2.7"),
          Map.entry("userAgent", "Firefox"),
          Map.entry("audience", "workspace-service"),
          Map.entry("ciphertext", "deleted"));

  private final OpenAPI document;

  Examples(OpenAPI document) {
    this.document = document;
  }

  @Nullable Object of(@Nullable Schema schema) {
    return of("", schema, 0);
  }

  private @Nullable Object of(String name, @Nullable Schema given, int depth) {
    Schema schema = resolve(given);
    if (schema == null || depth > DEEPEST) {
      return null;
    }
    if (isAnyJson(given)) {
      return Map.of();
    }
    if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
      return of(name, schema.getOneOf().getFirst(), depth + 1);
    }
    return switch (type(schema)) {
      case OBJECT -> object(schema, depth);
      case ARRAY -> array(name, schema, depth);
      case STRING -> text(name, schema);
      case INTEGER, NUMBER -> BY_NAME.getOrDefault(name, 1);
      case BOOLEAN -> true;
      case NULL -> null;
    };
  }

  private static Schema.SchemaType type(Schema schema) {
    List<Schema.SchemaType> types = schema.getType();
    return types == null || types.isEmpty() ? Schema.SchemaType.OBJECT : types.getFirst();
  }

  private Map<String, Object> object(Schema schema, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    Map<String, Schema> properties = Optional.ofNullable(schema.getProperties()).orElseGet(Map::of);
    properties.forEach(
        (name, member) -> {
          Object example = of(name, member, depth + 1);
          if (example != null) {
            members.put(name, example);
          }
        });
    return members;
  }

  private List<Object> array(String name, Schema schema, int depth) {
    Object item = of(name, schema.getItems(), depth + 1);
    return item == null ? List.of() : List.of(item);
  }

  private static Object text(String name, Schema schema) {
    String format = Optional.ofNullable(schema.getFormat()).orElse("");
    if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
      return schema.getEnumeration().getFirst();
    }
    if (format.equals("uuid") || name.equals("id") || name.endsWith("Id")) {
      return ID;
    }
    if (format.equals("date-time") || name.endsWith("At")) {
      return INSTANT;
    }
    return BY_NAME.getOrDefault(name, "…");
  }

  /** Described member by member by the framework, which means the class and not what is sent. */
  private static boolean isAnyJson(@Nullable Schema schema) {
    return schema != null && schema.getRef() != null && schema.getRef().endsWith("/JsonNode");
  }

  private @Nullable Schema resolve(@Nullable Schema schema) {
    String ref = schema == null ? null : schema.getRef();
    return ref == null
        ? schema
        : document.getComponents().getSchemas().get(ref.substring(ref.lastIndexOf('/') + 1));
  }
}
