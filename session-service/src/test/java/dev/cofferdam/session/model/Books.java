// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.session.session.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** What PostgreSQL has, read past the service; and of the outbox also what the relay has taken. */
final class Books implements AutoCloseable {
  private static final String KEEP =
      """
      create table model_told (id bigint primary key, key text not null, payload text not null);
      create index on model_told (key);
      create function model_keep() returns trigger language plpgsql as $$
        begin
          insert into model_told values (new.id, new.key, new.payload);
          return new;
        end $$;
      create trigger model_keep after insert on outbox for each row execute function model_keep();
      """;
  private static final String FORGET =
      "drop trigger model_keep on outbox; drop function model_keep; drop table model_told";
  private static final String SESSIONS =
      "select id, workspace_id, state, reason, sequence from session where workspace_id = any (?)";
  private static final String ALL =
      "select id, workspace_id, user_id, state, sequence, reason, locks_at from session";
  private static final String TOLD =
      "select payload from model_told where key = any (?) order by id";
  private static final String DEADLINES_COME =
      "update session set ends_at = ends_at - make_interval(secs => ?),"
          + " opened_at = opened_at - make_interval(secs => ?) where workspace_id = any (?)";
  private static final String LEASES_AGE =
      "update session set renewed_at = renewed_at - make_interval(secs => ?)"
          + " where workspace_id = any (?)";

  private final DataSource database;

  private Books(DataSource database) {
    this.database = database;
  }

  /**
   * @param reason empty while there is none
   * @param sequence of its last event
   */
  record Stored(UUID id, UUID workspace, String state, String reason, int sequence) {}

  static Books open(DataSource database) throws SQLException {
    Books books = new Books(database);
    books.run(KEEP);
    return books;
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<Stored> sessions(Collection<UUID> workspaces) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SESSIONS)) {
      select.setArray(1, connection.createArrayOf("uuid", workspaces.toArray()));
      List<Stored> all = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String reason = rows.getString(4);
          all.add(
              new Stored(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  rows.getString(3),
                  reason == null ? "" : reason,
                  rows.getInt(5)));
        }
      }
      return all;
    }
  }

  /** Every session there is, as its events should tell of it. */
  Map<UUID, Replay> all() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(ALL)) {
      Map<UUID, Replay> all = new HashMap<>();
      while (rows.next()) {
        State state = State.valueOf(rows.getString(4));
        OffsetDateTime locksAt = rows.getObject(7, OffsetDateTime.class);
        all.put(
            rows.getObject(1, UUID.class),
            new Replay(
                rows.getObject(2, UUID.class),
                rows.getObject(3, UUID.class),
                state,
                rows.getInt(5),
                state == State.LOCKED ? rows.getString(6) : null,
                locksAt == null ? null : locksAt.toInstant()));
      }
      return all;
    }
  }

  boolean isStopped() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement("select 1 from emergency_stop");
        ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  /** In the order in which they were written. */
  List<Event> told(Collection<String> keys) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(TOLD)) {
      select.setArray(1, connection.createArrayOf("text", keys.toArray()));
      List<Event> all = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          all.add(EventCodec.read(rows.getString(1)));
        }
      }
      return all;
    }
  }

  /** As if so many seconds had passed since they were opened. */
  void letDeadlinesCome(int seconds, Collection<UUID> workspaces) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(DEADLINES_COME)) {
      update.setInt(1, seconds);
      update.setInt(2, seconds);
      update.setArray(3, connection.createArrayOf("uuid", workspaces.toArray()));
      update.executeUpdate();
    }
  }

  /** As if so many seconds had passed since they were renewed. */
  void letLeasesAge(int seconds, Collection<UUID> workspaces) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(LEASES_AGE)) {
      update.setInt(1, seconds);
      update.setArray(2, connection.createArrayOf("uuid", workspaces.toArray()));
      update.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    run(FORGET);
  }
}
