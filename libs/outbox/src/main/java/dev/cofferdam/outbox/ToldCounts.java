// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How far this service has told of each key, for who wants to know whether all of it has come (ADR
 * 0046): what Kafka has acknowledged, not what still waits in the outbox. What was counted in
 * another database is left out, as nobody can say what of it was read since the dump.
 */
@ApplicationScoped
public class ToldCounts {
  /** How many are answered at once at most. */
  public static final int MOST = 1000;

  private static final int LONGEST_KEY = 512;

  /** No transaction lasts longer: what began earlier is there, or never will be. */
  private static final String SETTLED = "select now() - interval '10 seconds'";

  private static final String SINCE =
      "select topic, key, chain, number - coalesce(waiting.events, 0), told_at from outbox_sequence"
          + " left join (select topic, key, count(*) as events from outbox group by topic, key)"
          + " waiting using (topic, key) where told_at < ? and (told_at, topic, key) > (?, ?, ?)"
          + " and place = "
          + KeySequences.PLACE
          + " order by told_at, topic, key limit "
          + MOST;

  private final DataSource database;

  ToldCounts(DataSource database) {
    this.database = database;
  }

  /**
   * Up to where counts were asked for: those with a later time, or a later topic and key of that
   * time, are new. By the database's clock of who is asked.
   */
  public record Mark(Instant at, String topic, String key) {
    /**
     * @throws ProblemException 400
     */
    public static Mark parse(@Nullable String at, @Nullable String topic, @Nullable String key) {
      return new Mark(instant(at), text("topic", topic), text("key", key));
    }

    private static Instant instant(@Nullable String text) {
      try {
        Instant at = Instant.parse(text == null ? "" : text);
        if (at.isBefore(Instant.EPOCH) || at.atOffset(ZoneOffset.UTC).getYear() > 9999) {
          throw new DateTimeException("no time of a database");
        }
        return at;
      } catch (DateTimeException e) {
        throw new ProblemException(Problem.badField("at", "an instant (RFC 3339)"), e);
      }
    }

    private static String text(String field, @Nullable String given) {
      String text = given == null ? "" : given;
      if (text.length() > LONGEST_KEY || text.codePoints().anyMatch(Character::isISOControl)) {
        throw new ProblemException(
            Problem.badField(field, "at most 512 characters, none of them a control one"));
      }
      return text;
    }
  }

  /**
   * @param number the place of the newest event of the key that Kafka has, from 0
   */
  public record Count(String topic, String key, UUID chain, long number) {}

  /**
   * @param next where to go on
   * @param counts at most {@value ToldCounts#MOST}, the oldest first
   * @param more whether there are more already
   */
  public record Page(Mark next, List<Count> counts, boolean more) {}

  /** Where it is now, so that nothing from before is asked for. */
  public Page now() {
    try (Connection connection = database.getConnection()) {
      return new Page(new Mark(settled(connection), "", ""), List.of(), false);
    } catch (SQLException e) {
      throw new OutboxException("counts can't be read", e);
    }
  }

  /** Keys of which something was told since, and more than ten seconds ago. */
  public Page since(Mark mark) {
    try (Connection connection = database.getConnection()) {
      Instant settled = settled(connection);
      List<Count> counts = new ArrayList<>();
      Mark last = mark;
      try (PreparedStatement select = connection.prepareStatement(SINCE)) {
        select.setObject(1, settled.atOffset(ZoneOffset.UTC));
        select.setObject(2, mark.at().atOffset(ZoneOffset.UTC));
        select.setString(3, mark.topic());
        select.setString(4, mark.key());
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            Count count =
                new Count(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, UUID.class),
                    Math.max(0, row.getLong(4)));
            counts.add(count);
            last = new Mark(instant(row, 5), count.topic(), count.key());
          }
        }
      }
      boolean more = counts.size() == MOST;
      return new Page(more ? last : new Mark(settled, "", ""), List.copyOf(counts), more);
    } catch (SQLException e) {
      throw new OutboxException("counts can't be read", e);
    }
  }

  private static Instant settled(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SETTLED);
        ResultSet row = select.executeQuery()) {
      row.next();
      return instant(row, 1);
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
