// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import dev.cofferdam.events.Actor;
import dev.cofferdam.events.Event;
import dev.cofferdam.testkit.PostgresServer;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Transactions of a service, by the parts that services have theirs from, and no container. */
final class Transactions implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  private final TransactionSynchronizationRegistryImple registry =
      new TransactionSynchronizationRegistryImple();
  private final AgroalDataSource database;

  /** An event and whose request it is. */
  record Told(Event event, Actor actor) {
    static Told of(Event event) {
      return new Told(event, Actor.NOBODY);
    }
  }

  Transactions(PostgresServer postgres) throws SQLException {
    database =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(CONNECTIONS)
                            .transactionIntegration(
                                new NarayanaTransactionIntegration(
                                    TransactionManager.transactionManager(), registry))
                            .connectionFactoryConfiguration(
                                connection ->
                                    connection
                                        .jdbcUrl(postgres.jdbcUrl())
                                        .jdbcProperty("reWriteBatchedInserts", "true")
                                        .principal(new NamePrincipal("coffer_session"))
                                        .credential(
                                            new SimplePassword(postgres.password("session"))))));
  }

  DataSource database() {
    return database;
  }

  /** All of them in one, which commits. */
  void tell(Collection<Told> all, Runnable committed) throws Exception {
    TransactionManager.transactionManager().begin();
    add(all, committed);
    TransactionManager.transactionManager().commit();
  }

  void tell(Event event, Runnable committed) throws Exception {
    tell(List.of(Told.of(event)), committed);
  }

  /** Written and then taken back, as when something else of the transaction fails. */
  void tellInVain(Collection<Told> all, Runnable committed) throws Exception {
    TransactionManager.transactionManager().begin();
    add(all, committed);
    registry.registerInterposedSynchronization(new FailsLast());
    try {
      TransactionManager.transactionManager().commit();
    } catch (RollbackException e) {
      return;
    }
    throw new AssertionError("it was committed");
  }

  private void add(Collection<Told> all, Runnable committed) {
    Waiting waiting = new Waiting(database, committed);
    registry.registerInterposedSynchronization(waiting);
    all.forEach(told -> waiting.add(told.event(), told.actor()));
  }

  private static final class FailsLast implements Synchronization {
    @Override
    public void beforeCompletion() {
      throw new IllegalStateException("for once");
    }

    @Override
    public void afterCompletion(int status) {
      // Nothing is left.
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
