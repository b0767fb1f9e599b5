// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import dev.cofferdam.testkit.Eventually;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** A change that is made and not yet committed when a request comes that has to wait for it. */
public final class Meanwhile {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));

  private final DataSource database;

  public Meanwhile(DataSource database) {
    this.database = database;
  }

  /** Commits the change as soon as the request waits, and returns its answer. */
  public <T> T of(String change, Callable<T> request) throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.createStatement().executeUpdate(change);
      Future<T> answer = other.submit(request);
      SOON.until("the request waits", this::somebodyWaits);
      connection.commit();
      connection.setAutoCommit(true);
      return answer.get();
    }
  }

  /** Whether any transaction waits for another one's lock. */
  public boolean somebodyWaits() {
    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("select count(*) from pg_locks where not granted")) {
      row.next();
      return row.getInt(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
