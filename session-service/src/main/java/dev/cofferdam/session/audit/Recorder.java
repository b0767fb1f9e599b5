// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.events.Event;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.outbox.EventLoop;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.refusals.Refusal;
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
  private final DeadLetters dead;
  private final jakarta.enterprise.event.Event<Refusal> refusals;
  private final DataSource database;
  private final EventLoop loop;

  Recorder(
      Ledger ledger,
      Sequences sequences,
      DeadLetters dead,
      jakarta.enterprise.event.Event<Refusal> refusals,
      DataSource database,
      @ConfigProperty(name = "coffer.kafka.bootstrap") String kafka) {
    this.ledger = ledger;
    this.sequences = sequences;
    this.dead = dead;
    this.refusals = refusals;
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
    ledger.append(List.of(fact(event)));
  }

  /** A repeat is left out, also that of an opening. */
  void take(List<Event> events) {
    List<SessionEvent> behindGaps = new ArrayList<>();
    List<Event> repeated = new ArrayList<>();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Map<Fact, Event> facts = new LinkedHashMap<>();
              for (Event event : events) {
                switch (verdict(event)) {
                  case FITS -> facts.put(fact(event), event);
                  case GAP -> {
                    behindGaps.add((SessionEvent) event);
                    facts.put(fact(event), event);
                  }
                  case REPEATED -> repeated.add(event);
                }
              }
              ledger
                  .append(List.copyOf(facts.keySet()))
                  .forEach(fact -> repeated.add(facts.get(fact)));
            });
    // A gap is told of and the event taken all the same: it says what is, not what has changed.
    behindGaps.forEach(
        e -> refusals.fire(Refusal.of("event", "gap-before").about(e.session().toString())));
    repeated.forEach(
        e ->
            dead.take(
                e,
                new EventRefused(
                    EventRefused.Reason.REPEATED, "another event has its id or place")));
  }

  private Sequences.Verdict verdict(Event event) {
    return event instanceof SessionEvent e ? sequences.take(e) : Sequences.Verdict.FITS;
  }

  private Fact fact(Event event) {
    return Facts.of(event, event instanceof SessionEvent e ? openedWith(e) : OpenedWith.UNKNOWN);
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
