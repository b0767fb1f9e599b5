// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A workspace as its owner sees it; times in ISO 8601. */
public record WorkspaceAnswer(
    String id,
    String name,
    String createdAt,
    @Nullable String lastOpenedAt,
    @Nullable String lastOpenedBy,
    boolean openNow,
    boolean initialised) {

  static WorkspaceAnswer of(JsonNode json) {
    return new WorkspaceAnswer(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("createdAt").asText(),
        json.path("lastOpenedAt").textValue(),
        json.path("lastOpenedBy").textValue(),
        json.path("openNow").asBoolean(),
        json.path("initialised").asBoolean());
  }
}
