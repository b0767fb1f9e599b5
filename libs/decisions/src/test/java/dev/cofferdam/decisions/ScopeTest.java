// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.WorkspaceId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void isReadAsItIsWritten() {
    for (Action verb : Action.values()) {
      if (verb.isForPrograms()) {
        for (Optional<WorkspaceId> where :
            List.of(Optional.<WorkspaceId>empty(), Optional.of(WorkspaceId.random()))) {
          Scope scope = new Scope(verb, where);
          assertThat(Scope.parse(scope.toString())).isEqualTo(scope);
        }
      }
    }
  }

  @Test
  void refusesEverythingElse() {
    for (String text :
        List.of(
            "",
            "*",
            "workspace",
            "workspace.*",
            "WORKSPACE.READ",
            "workspace.read:",
            "workspace.read:*",
            "workspace.read:x",
            " workspace.read",
            "person.change",
            "ssh-key.add",
            "api-key.create",
            "audit.read",
            "grant.fetch")) {
      assertThatThrownBy(() -> Scope.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void wordsOfActionsAreUniqueAndFindTheirs() {
    assertThat(Arrays.stream(Action.values()).map(Action::word)).doesNotHaveDuplicates();
    for (Action action : Action.values()) {
      assertThat(Action.of(action.word())).contains(action);
    }
    assertThat(Action.of("")).isEmpty();
  }
}
