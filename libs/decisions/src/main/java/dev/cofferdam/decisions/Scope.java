// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import dev.cofferdam.identity.WorkspaceId;
import java.util.Optional;

/**
 * What a program may do, everywhere in its person's things or in one workspace only. Written {@code
 * workspace.read} or {@code workspace.read:UUID}.
 */
public record Scope(Action verb, Optional<WorkspaceId> workspace) {
  public Scope {
    if (!verb.isForPrograms()) {
      throw new IllegalArgumentException("no scope for programs: " + verb.word());
    }
  }

  /**
   * @throws IllegalArgumentException for what {@link #toString} never writes, or a verb that is not
   *     for programs
   */
  public static Scope parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    Action verb =
        Action.of(word).orElseThrow(() -> new IllegalArgumentException("no such verb: " + word));
    return new Scope(
        verb,
        colon < 0 ? Optional.empty() : Optional.of(WorkspaceId.parse(text.substring(colon + 1))));
  }

  boolean covers(Action action, Resource resource) {
    if (verb != action) {
      return false;
    }
    if (workspace.isEmpty()) {
      return true;
    }
    return resource.workspace().isPresent()
        ? resource.workspace().equals(workspace)
        : action.isAnsweredInPart();
  }

  @Override
  public String toString() {
    return verb.word() + workspace.map(id -> ":" + id).orElse("");
  }
}
