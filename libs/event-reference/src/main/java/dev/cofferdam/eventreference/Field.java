// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventreference;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One field of an event's JSON.
 *
 * @param optional whether readers take an event without it
 */
record Field(String name, Form form, boolean optional, String meaning) {

  /** What stands in a field: its JSON type, and what JSON Schema says more of it. */
  enum Form {
    VERSION("integer", "always 2"),
    TYPE("string", "a word"),
    ID("string", "UUID"),
    TIME("string", "RFC 3339, UTC"),
    COUNT("integer", "from 1"),
    FLAG("boolean", ""),
    WORD("string", "");

    private final String json;
    private final String detail;

    Form(String json, String detail) {
      this.json = json;
      this.detail = detail;
    }

    String json() {
      return json;
    }

    String text() {
      return detail.isEmpty() ? json : json + ", " + detail;
    }

    /**
     * @throws IllegalStateException if an event can't have it
     */
    static Form of(Type type) {
      if (type instanceof ParameterizedType p && p.getRawType() == Optional.class) {
        return of(p.getActualTypeArguments()[0]);
      }
      if (type == UUID.class
          || type == SessionId.class
          || type == UserId.class
          || type == WorkspaceId.class) {
        return ID;
      }
      if (type == Instant.class) {
        return TIME;
      }
      if (type == int.class) {
        return COUNT;
      }
      if (type == boolean.class) {
        return FLAG;
      }
      if (type == String.class) {
        return WORD;
      }
      throw new IllegalStateException("no JSON is known for " + type);
    }
  }
}
