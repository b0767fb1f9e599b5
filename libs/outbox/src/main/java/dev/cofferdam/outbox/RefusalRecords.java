// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.refusals.Tally;
import dev.cofferdam.refusals.Teller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/**
 * What is refused anywhere in this service, as events in its outbox; who is refused does not wait
 * for that. While {@value #MOST_WAITING} events wait in the outbox no refusals are added: they are
 * counted on. Who observes {@link Tally.Told} does so in the transaction that has the event.
 */
@ApplicationScoped
public class RefusalRecords {
  static final int MOST_WAITING = 20_000;
  private static final String WAITING =
      "select count(*) from (select 1 from outbox limit " + MOST_WAITING + ") waiting";

  private final DataSource database;
  private final Outbox outbox;
  private final RequestActor actors;
  private final Event<Tally.Told> observers;
  private final Teller teller;

  RefusalRecords(
      DataSource database,
      Outbox outbox,
      RequestActor actors,
      Event<Tally.Told> observers,
      InstantSource clock) {
    this.actors = actors;
    this.database = database;
    this.outbox = outbox;
    this.observers = observers;
    teller = new Teller(clock, this::write);
  }

  void start(@Observes StartupEvent event) {
    teller.start();
  }

  void stop(@Observes ShutdownEvent event) {
    teller.close();
  }

  /** From where it was asked is seen here, if nobody has said it. */
  void take(@Observes Refusal refusal) {
    boolean isSaid = !refusal.asker().address().isEmpty();
    teller.add(isSaid ? refusal : refusal.from(actors.now().address(), refusal.userAgent()));
  }

  private void write(List<Tally.Told> all) {
    if (!tryWrite(all)) {
      throw new IllegalStateException("as many events wait already as may");
    }
  }

  /** All or, while as many events wait as may, none: then false. */
  public boolean tryWrite(List<Tally.Told> all) {
    return QuarkusTransaction.requiringNew().call(() -> hasRoom() && add(all));
  }

  private boolean add(List<Tally.Told> all) {
    for (Tally.Told told : all) {
      outbox.add(told.event());
      observers.fire(told);
    }
    return true;
  }

  private boolean hasRoom() {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(WAITING);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1) < MOST_WAITING;
    } catch (SQLException e) {
      throw new OutboxException("the events that wait could not be counted", e);
    }
  }
}
