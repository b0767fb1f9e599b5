// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.events.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** Breaks a connection to the database in the middle of a change: before it commits. */
@ApplicationScoped
class Cuts {
  private final DataSource database;
  private final AtomicReference<Set<String>> armed = new AtomicReference<>(Set.of());

  Cuts(DataSource database) {
    this.database = database;
  }

  /** The next change of a session of these workspaces does not come to its end. */
  void arm(Set<String> workspaces) {
    armed.set(workspaces);
  }

  void disarm() {
    armed.set(Set.of());
  }

  /** In the transaction, once its event is written. */
  void cut(@Observes SessionEvent event) {
    Set<String> of = armed.get();
    if (of.contains(event.workspace().toString()) && armed.compareAndSet(of, Set.of())) {
      try (Connection connection = database.getConnection();
          Statement end = connection.createStatement()) {
        end.execute("select pg_terminate_backend(pg_backend_pid())");
      } catch (SQLException e) {
        // As it should: the service finds out by itself.
      }
    }
  }
}
