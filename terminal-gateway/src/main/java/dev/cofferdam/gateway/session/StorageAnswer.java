// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What somebody's workspaces take of the disk, encrypted.
 *
 * @param limitBytes all of them together
 * @param workspaces those that were counted, each as it was last open
 */
@Schema(name = "Storage")
public record StorageAnswer(
    @Schema(examples = "107374182400") long limitBytes,
    @Schema(examples = "1200000000") long usedBytes,
    List<OfWorkspace> workspaces) {

  /**
   * Of one workspace.
   *
   * @param full whether nothing could be written to it then
   */
  @Schema(name = "WorkspaceStorage")
  public record OfWorkspace(
      @Schema(examples = "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11") String workspaceId,
      @Schema(examples = "1200000000") long usedBytes,
      @Schema(examples = "false") boolean full) {}

  static StorageAnswer of(JsonNode json) {
    List<OfWorkspace> all = new ArrayList<>();
    json.path("workspaces")
        .forEach(
            one ->
                all.add(
                    new OfWorkspace(
                        one.path("workspaceId").asText(),
                        one.path("usedBytes").asLong(),
                        one.path("full").asBoolean())));
    return new StorageAnswer(
        json.path("limitBytes").asLong(), json.path("usedBytes").asLong(), List.copyOf(all));
  }
}
