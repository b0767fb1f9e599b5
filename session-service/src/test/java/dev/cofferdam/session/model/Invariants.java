// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.session.model.Books.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What has to be true at any time, whatever the model says. */
final class Invariants {
  private Invariants() {}

  static void check(List<Stored> sessions, List<Event> told) {
    oneOpenSessionAWorkspace(sessions);
    oneAfterTheOther(told);
    Map<UUID, List<SessionEvent>> events = bySession(told);
    assertThat(events.keySet()).as("told of what is there").hasSameSizeAs(sessions);
    for (Stored session : sessions) {
      List<SessionEvent> of = events.getOrDefault(session.id(), List.of());
      withoutAGap(session, of);
      oneEndForOneReason(session, of);
      oneAlarmForOneEnd(session, told);
    }
  }

  private static void oneOpenSessionAWorkspace(List<Stored> sessions) {
    Set<UUID> open = new HashSet<>();
    for (Stored session : sessions) {
      if (!session.state().equals("LOCKED")) {
        assertThat(open.add(session.workspace())).as("second open session: " + session).isTrue();
      }
    }
  }

  /** Also for who only hears of it. */
  private static void oneAfterTheOther(List<Event> told) {
    Map<UUID, UUID> open = new HashMap<>();
    for (Event event : told) {
      if (event instanceof SessionEvent e) {
        UUID workspace = e.workspace().value();
        UUID session = e.session().value();
        switch (e) {
          case SessionEvent.Opening o ->
              assertThat(open.put(workspace, session)).as("opens while open").isNull();
          case SessionEvent.Locked l ->
              assertThat(open.remove(workspace)).as("locks what is open").isEqualTo(session);
          case SessionEvent.Opened o -> isOpen(open, e);
          case SessionEvent.Warned w -> isOpen(open, e);
          case SessionEvent.Resumed r -> isOpen(open, e);
          case SessionEvent.Locking l -> isOpen(open, e);
        }
      }
    }
  }

  private static void isOpen(Map<UUID, UUID> open, SessionEvent event) {
    assertThat(open.get(event.workspace().value()))
        .as("nothing comes before an opening or after an end: " + event)
        .isEqualTo(event.session().value());
  }

  private static Map<UUID, List<SessionEvent>> bySession(List<Event> told) {
    return told.stream()
        .filter(SessionEvent.class::isInstance)
        .map(SessionEvent.class::cast)
        .collect(groupingBy(e -> e.session().value()));
  }

  private static void withoutAGap(Stored session, List<SessionEvent> events) {
    assertThat(session.sequence()).as("its last event's").isEqualTo(events.size());
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).as("no gap in " + events).isEqualTo(i + 1);
    }
  }

  private static void oneEndForOneReason(Stored session, List<SessionEvent> events) {
    List<String> reasons =
        events.stream()
            .filter(SessionEvent.Locked.class::isInstance)
            .map(e -> ((SessionEvent.Locked) e).reason())
            .toList();
    boolean isOver = session.state().equals("LOCKED");
    assertThat(reasons).isEqualTo(isOver ? List.of(session.reason()) : List.of());
    assertThat(isOver && session.reason().isEmpty()).as("has a reason: " + session).isFalse();
    assertThat(events.stream().filter(SessionEvent.Locking.class::isInstance).count())
        .as("begins to lock once")
        .isLessThanOrEqualTo(1);
  }

  private static void oneAlarmForOneEnd(Stored session, List<Event> told) {
    long alarms =
        told.stream()
            .filter(SecurityEvent.Refused.class::isInstance)
            .map(SecurityEvent.Refused.class::cast)
            .filter(e -> e.subject().equals(session.id().toString()))
            .filter(e -> e.why().equals(session.reason()))
            .count();
    assertThat(alarms).as("alarms of the end of " + session).isLessThanOrEqualTo(1);
  }

  /**
   * No key without a lease, none of what is over, and never two for one workspace. Where clocks
   * were set, what the service takes for over may have its key until its last lease has run out.
   */
  static void checkKeys(Model model, Map<Integer, Stored> stored) {
    Set<Integer> held = new HashSet<>();
    model
        .sessions()
        .forEach(
            (number, session) -> {
              if (!session.box.hasKey()) {
                return;
              }
              assertThat(session.box.keyUntil())
                  .as("a lease from now at most")
                  .isLessThanOrEqualTo(model.steady() + Box.LEASE_SECONDS);
              assertThat(model.steady())
                  .as("its last lease has run out")
                  .isLessThan(session.keyUntilAtMost());
              if (!session.clockWasSet) {
                assertThat(stored.get(number).state()).as("holds a key").isNotEqualTo("LOCKED");
                assertThat(held.add(session.workspace)).as("a key for each workspace").isTrue();
              }
            });
  }
}
