// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.session.model.Books.Stored;
import dev.cofferdam.session.session.State;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the database says of some workspaces.
 *
 * @param sessions by number; those that nobody was told of have numbers below 0
 * @param told events in the order in which they were written
 * @param isStopped whether nothing may open
 */
record Sight(
    List<UUID> workspaces, Map<Integer, Stored> sessions, List<Event> told, boolean isStopped) {

  static Sight of(Books books, List<UUID> workspaces, Map<Integer, World.Opened> opened)
      throws SQLException {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> keys = new ArrayList<>(workspaces.stream().map(UUID::toString).toList());
    opened.forEach(
        (number, of) -> {
          numbers.put(of.session(), number);
          keys.add(of.session());
        });
    Map<Integer, Stored> sessions = new TreeMap<>();
    for (Stored session : books.sessions(workspaces)) {
      int unknown = -1 - sessions.size();
      sessions.put(numbers.getOrDefault(session.id().toString(), unknown), session);
    }
    return new Sight(workspaces, sessions, books.told(keys), books.isStopped());
  }

  Map<Integer, Row> rows() {
    Map<Integer, Row> rows = new TreeMap<>();
    sessions.forEach((number, session) -> rows.put(number, row(session)));
    return rows;
  }

  private Row row(Stored session) {
    return new Row(
        workspaces.indexOf(session.workspace()),
        State.valueOf(session.state()),
        session.reason(),
        words(session.id()),
        alarms(session.id()));
  }

  private List<String> words(UUID session) {
    return told.stream()
        .filter(SessionEvent.class::isInstance)
        .map(SessionEvent.class::cast)
        .filter(event -> event.session().value().equals(session))
        .map(Sight::word)
        .toList();
  }

  private static String word(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Opening e -> "opening";
      case SessionEvent.Opened e -> "opened";
      case SessionEvent.Warned e -> "warned";
      case SessionEvent.Resumed e -> "resumed";
      case SessionEvent.Locking e -> "locking";
      case SessionEvent.Locked e -> "locked " + e.reason();
    };
  }

  private int alarms(UUID session) {
    return (int)
        told.stream()
            .filter(SecurityEvent.Refused.class::isInstance)
            .filter(event -> event.key().equals(session.toString()))
            .count();
  }
}
