// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.events.KeySequence;
import dev.cofferdam.eventtrust.HeardEvent;
import dev.cofferdam.session.audit.Sequences.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Whether what each part tells of each key comes one after the other, as it counts it: none left
 * out, and none in the place of another. Events of version 1 are not counted and always fit. What
 * was recorded already fits as well: events are told at least once.
 */
@ApplicationScoped
class HeardSequences {
  private static final String KNOWN =
      "select teller, topic, key, chain, number from heard_sequence where (teller, topic, key) in"
          + " (select * from unnest(?, ?, ?)) order by teller, topic, key, chain for update";

  /** Another replica may have been quicker with a key that was new to both. */
  private static final String KEEP =
      "insert into heard_sequence as heard (teller, topic, key, chain, number, heard_at)"
          + " values (?, ?, ?, ?, ?, now()) on conflict (teller, topic, key, chain) do update set"
          + " heard_at = excluded.heard_at, number = greatest(heard.number, excluded.number)";

  private final DataSource database;
  private final Ledger ledger;

  HeardSequences(DataSource database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  private record Key(String teller, String topic, String key) {
    static Key of(HeardEvent heard) {
      return new Key(heard.teller().word(), heard.event().topic().wireName(), heard.event().key());
    }
  }

  /** One count of a key; its teller begins another where it had forgotten the last. */
  private record Count(Key key, UUID chain) {}

  /** Of each event, in their order. Call inside the transaction that records them. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<Verdict> take(List<HeardEvent> events) {
    List<HeardEvent> counted =
        events.stream().filter(heard -> heard.envelope().sequence().isPresent()).toList();
    if (counted.isEmpty()) {
      return Collections.nCopies(events.size(), Verdict.FITS);
    }
    try (Connection connection = database.getConnection()) {
      Book book = new Book(known(connection, counted), recorded(counted));
      List<Verdict> verdicts = events.stream().map(book::take).toList();
      keep(connection, book.moved);
      return verdicts;
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }

  private static final Comparator<Count> ORDER =
      Comparator.comparing((Count count) -> count.key().teller())
          .thenComparing(count -> count.key().topic())
          .thenComparing(count -> count.key().key())
          .thenComparing(Count::chain);

  /** What is known while some events are taken one after the other. */
  private record Book(Map<Count, Long> known, Set<UUID> recorded, Map<Count, Long> moved) {
    Book(Map<Count, Long> known, Set<UUID> recorded) {
      this(known, recorded, new TreeMap<>(ORDER));
    }

    Verdict take(HeardEvent heard) {
      boolean wasRecorded = !recorded.add(heard.event().id());
      return heard
          .envelope()
          .sequence()
          .map(place -> take(Key.of(heard), place, wasRecorded))
          .orElse(Verdict.FITS);
    }

    private Verdict take(Key key, KeySequence place, boolean wasRecorded) {
      Count count = new Count(key, place.chain());
      long number = known.getOrDefault(count, 0L);
      if (place.number() <= number) {
        return wasRecorded ? Verdict.FITS : Verdict.REPEATED;
      }
      // An opening is recorded before it is told; what is of a count that was forgotten is old.
      if (wasRecorded && number == 0 && place.number() > 1) {
        return Verdict.FITS;
      }
      known.put(count, place.number());
      moved.put(count, place.number());
      return place.number() == number + 1 ? Verdict.FITS : Verdict.GAP;
    }
  }

  /** Nobody else moves these until the end of the transaction. */
  private static Map<Count, Long> known(Connection connection, List<HeardEvent> events)
      throws SQLException {
    List<Key> keys = events.stream().map(Key::of).distinct().toList();
    Map<Count, Long> known = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
      select.setArray(1, texts(connection, keys, Key::teller));
      select.setArray(2, texts(connection, keys, Key::topic));
      select.setArray(3, texts(connection, keys, Key::key));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Key key = new Key(row.getString(1), row.getString(2), row.getString(3));
          known.put(new Count(key, row.getObject(4, UUID.class)), row.getLong(5));
        }
      }
    }
    return known;
  }

  private static Array texts(Connection connection, List<Key> keys, Function<Key, String> which)
      throws SQLException {
    return connection.createArrayOf("text", keys.stream().map(which).toArray());
  }

  private Set<UUID> recorded(List<HeardEvent> events) {
    return ledger.recorded(events.stream().map(heard -> heard.event().id()).toList());
  }

  /** In one order, so that no two replicas wait for each other. */
  private static void keep(Connection connection, Map<Count, Long> moved) throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      for (Map.Entry<Count, Long> one : moved.entrySet()) {
        Key key = one.getKey().key();
        keep.setString(1, key.teller());
        keep.setString(2, key.topic());
        keep.setString(3, key.key());
        keep.setObject(4, one.getKey().chain());
        keep.setLong(5, one.getValue());
        keep.addBatch();
      }
      keep.executeBatch();
    }
  }
}
