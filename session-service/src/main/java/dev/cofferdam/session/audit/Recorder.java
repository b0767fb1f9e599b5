// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.eventtrust.HeardEvent;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.outbox.EventLoop;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.session.audit.Sequences.Verdict;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts every event of every service into the ledger. They come over Kafka and wait there while the
 * ledger can't be written; only the opening of a session is recorded in its own transaction: the
 * ticket with which a sandbox takes its key is signed after that.
 */
@ApplicationScoped
public class Recorder {
  private static final String OPENED_WITH =
      "select sign_in_id, credential, address from session where id = ?";

  private final Ledger ledger;
  private final Sequences sequences;
  private final HeardSequences heard;
  private final DeadLetters dead;
  private final DataSource database;
  private final EventLoop loop;

  Recorder(
      Ledger ledger,
      Sequences sequences,
      HeardSequences heard,
      DeadLetters dead,
      DataSource database,
      @ConfigProperty(name = "coffer.kafka.bootstrap") String kafka) {
    this.ledger = ledger;
    this.sequences = sequences;
    this.heard = heard;
    this.dead = dead;
    this.database = database;
    loop =
        EventLoop.ofBatches(
            KafkaClient.own(kafka),
            "session-service",
            List.of(Topic.SESSION, Topic.WORKSPACE, Topic.SECURITY),
            this::take,
            dead);
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
  }

  /** In the transaction that opens it. */
  void opening(@Observes SessionEvent.Opening event) {
    ledger.append(List.of(fact(Envelope.of(event))));
  }

  /** A repeat is left out, also that of an opening. */
  void take(List<HeardEvent> events) {
    List<Envelope> repeated = new ArrayList<>();
    QuarkusTransaction.requiringNew().run(() -> record(events, repeated));
    repeated.forEach(
        e ->
            dead.take(
                e,
                new EventRefused(
                    EventRefused.Reason.REPEATED, "another event has its id or place")));
  }

  private void record(List<HeardEvent> events, List<Envelope> repeated) {
    List<Verdict> places = heard.take(events);
    Map<Fact, Envelope> facts = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      Envelope envelope = events.get(i).envelope();
      Judged judged = judge(envelope.event(), places.get(i));
      switch (judged.verdict()) {
        case FITS -> facts.put(fact(envelope), envelope);
        case GAP -> {
          // Told of once, with what is recorded; it says what is, not what has changed.
          dead.missingBefore(envelope, judged.about());
          facts.put(fact(envelope), envelope);
        }
        case REPEATED -> repeated.add(envelope);
      }
    }
    ledger.append(List.copyOf(facts.keySet())).forEach(fact -> repeated.add(facts.get(fact)));
  }

  /**
   * @param about what is missing something: a session, or else the key
   */
  private record Judged(Verdict verdict, String about) {}

  /** Events of a session have two places: among all of its workspace, and in the session. */
  private Judged judge(Event event, Verdict ofKey) {
    if (event instanceof SessionEvent e && ofKey != Verdict.REPEATED) {
      Verdict inSession = sequences.take(e);
      if (inSession != Verdict.FITS) {
        return new Judged(inSession, e.session().toString());
      }
    }
    return new Judged(ofKey, event.key());
  }

  private Fact fact(Envelope envelope) {
    return Facts.of(
        envelope, envelope.event() instanceof SessionEvent e ? openedWith(e) : OpenedWith.UNKNOWN);
  }

  private OpenedWith openedWith(SessionEvent event) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OPENED_WITH)) {
      select.setObject(1, event.session().value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OpenedWith.of(row) : OpenedWith.UNKNOWN;
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }
}
