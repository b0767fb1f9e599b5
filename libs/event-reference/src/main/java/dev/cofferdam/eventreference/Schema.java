// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON Schema of a type. Fields that a later writer adds are welcome, as readers pass them over.
 */
final class Schema {
  private static final JsonMapper JSON = new JsonMapper();

  private Schema() {}

  static ObjectNode of(EventType type) {
    ObjectNode schema =
        JSON.createObjectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", type.name())
            .put("description", type.meaning())
            .put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Field field : type.fields()) {
      property(properties.putObject(field.name()), type, field);
      if (!field.optional()) {
        required.add(field.name());
      }
    }
    return schema;
  }

  private static void property(ObjectNode property, EventType type, Field field) {
    property.put("type", field.form().json()).put("description", field.meaning());
    switch (field.form()) {
      case VERSION -> property.put("const", 2);
      case TYPE -> property.put("const", type.name());
      case ID -> property.put("format", "uuid");
      case TIME -> property.put("format", "date-time");
      case COUNT -> property.put("minimum", 1);
      case FLAG, WORD -> {}
    }
  }
}
