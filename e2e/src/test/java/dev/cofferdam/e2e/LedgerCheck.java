// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the ledger has everything that was acknowledged, in its order and once. */
final class LedgerCheck {
  private static final List<String> STEPS =
      List.of("session-opening", "session-opened", "session-locking", "session-locked");

  private final List<JsonNode> entries;
  private final Map<String, List<JsonNode>> bySubject;

  LedgerCheck(List<JsonNode> entries) {
    this.entries = entries;
    bySubject =
        entries.stream()
            .filter(entry -> !text(entry, "kind").equals("key-granted"))
            .collect(groupingBy(entry -> text(entry, "subject")));
  }

  private static String text(JsonNode entry, String field) {
    return entry.path(field).asText();
  }

  private static Instant at(JsonNode entry) {
    return Instant.parse(text(entry, "at"));
  }

  private List<String> kinds(String subject) {
    return bySubject.getOrDefault(subject, List.of()).stream().map(e -> text(e, "kind")).toList();
  }

  void hasNoEventTwice() {
    assertThat(entries).extracting(entry -> text(entry, "event")).doesNotHaveDuplicates();
  }

  /** What was not believed, came twice with another content, or had a gap before it. */
  void hasNoEventThatWasRefused() {
    assertThat(entries)
        .filteredOn(entry -> text(entry, "kind").equals("refused"))
        .filteredOn(entry -> text(entry, "detail").split(" ")[0].equals("event"))
        .isEmpty();
  }

  void hasOnce(Acknowledged told, Set<String> kept) {
    assertThat(told.made()).allSatisfy(id -> assertThat(kinds(id)).contains("workspace-created"));
    assertThat(told.deleted())
        .allSatisfy(
            id -> assertThat(kinds(id)).containsExactly("workspace-created", "workspace-deleted"));
    assertThat(kept).allSatisfy(id -> assertThat(kinds(id)).containsExactly("workspace-created"));
    assertThat(told.opened())
        .allSatisfy(id -> assertThat(kinds(id)).contains("session-opened", "session-locked"));
    assertThat(told.locked()).allSatisfy(id -> assertThat(kinds(id)).contains("session-locked"));
  }

  /** Also sessions of which nobody was told: each begins, ends once, and for one reason. */
  void endsEachSessionOnce() {
    for (String session : sessions()) {
      List<String> steps = new ArrayList<>(kinds(session));
      // Whoever is kept waiting may be warned before the session locks, also more than once.
      // Whoever works with another sign-in than the one that opened it is told of beside that.
      steps.removeAll(List.of("session-warned", "session-resumed", "session-entered"));
      assertThat(steps)
          .as(session)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(Comparator.comparing(STEPS::indexOf))
          .startsWith("session-opening")
          .endsWith("session-locked");
      assertThat(text(bySubject.get(session).getLast(), "reason")).as(session).isNotEmpty();
    }
  }

  private List<String> sessions() {
    return entries.stream()
        .filter(entry -> text(entry, "stream").equals("session"))
        .map(entry -> text(entry, "subject"))
        .distinct()
        .toList();
  }

  /** The next one of a workspace opens after the end of the one before. */
  void hasOneSessionAWorkspaceAtATime() {
    sessions().stream()
        .map(bySubject::get)
        .collect(groupingBy(session -> text(session.getFirst(), "workspace")))
        .forEach(LedgerCheck::oneAfterTheOther);
  }

  private static void oneAfterTheOther(String workspace, List<List<JsonNode>> sessions) {
    List<List<JsonNode>> sorted =
        sessions.stream()
            .sorted(Comparator.comparing((List<JsonNode> session) -> at(session.getFirst())))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(at(sorted.get(i).getFirst()))
          .as(workspace)
          .isAfterOrEqualTo(at(sorted.get(i - 1).getLast()));
    }
  }
}
