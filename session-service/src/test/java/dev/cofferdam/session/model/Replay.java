// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.MalformedEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.session.session.State;
import dev.cofferdam.session.session.Steps;
import dev.cofferdam.testkit.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody knows of a session who has nothing but its events.
 *
 * @param reason why it is locked
 * @param locksAt while it is warned
 */
record Replay(
    UUID workspace,
    UUID user,
    State state,
    int sequence,
    @Nullable String reason,
    @Nullable Instant locksAt) {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** All of these sessions, once as many different events of them are in the topic. */
  static Map<UUID, Replay> of(TopicReader topic, Collection<UUID> sessions, int events) {
    Map<UUID, SessionEvent> byId = new LinkedHashMap<>();
    int told = events;
    while (byId.size() < events) {
      // What was told twice, since nobody knew whether it had arrived, counts once.
      List<String> texts = topic.await(told, LONGEST, text -> isOf(sessions, text));
      texts.stream().map(Replay::read).forEach(event -> byId.putIfAbsent(event.id(), event));
      told = texts.size() + events - byId.size();
    }
    Map<UUID, Replay> replayed = new HashMap<>();
    for (SessionEvent event : byId.values()) {
      UUID session = event.session().value();
      replayed.put(session, after(replayed.get(session), event));
    }
    return replayed;
  }

  private static boolean isOf(Collection<UUID> sessions, String text) {
    try {
      Event event = EventCodec.read(text);
      return event instanceof SessionEvent e && sessions.contains(e.session().value());
    } catch (MalformedEvent e) {
      // What an attack test left there.
      return false;
    }
  }

  private static SessionEvent read(String text) {
    return (SessionEvent) EventCodec.read(text);
  }

  /** Each follows the one before it, and is a step that is drawn. */
  private static Replay after(@Nullable Replay before, SessionEvent event) {
    State state = state(event);
    int last = before == null ? 0 : before.sequence();
    assertThat(event.sequence()).as(event.toString()).isEqualTo(last + 1);
    assertThat(before == null ? state == State.OPENING : Steps.from(before.state()).contains(state))
        .as("%s after %s", event, before)
        .isTrue();
    return new Replay(
        event.workspace().value(),
        event.user().value(),
        state,
        event.sequence(),
        event instanceof SessionEvent.Locked locked ? locked.reason() : null,
        event instanceof SessionEvent.Warned warned ? warned.locksAt() : null);
  }

  private static State state(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Opening e -> State.OPENING;
      case SessionEvent.Opened e -> State.ACTIVE;
      case SessionEvent.Resumed e -> State.ACTIVE;
      case SessionEvent.Warned e -> State.WARNED;
      case SessionEvent.Locking e -> State.LOCKING;
      case SessionEvent.Locked e -> State.LOCKED;
    };
  }
}
