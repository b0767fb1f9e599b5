// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.problems.ProblemException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a part that does not answer from a bug of ours. */
public final class Dependencies {
  private Dependencies() {}

  public static boolean isDown(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable e = failure; e != null && seen.add(e); e = reason(e)) {
      if (e instanceof ConnectException
          || e instanceof SocketException
          || e instanceof ClosedChannelException
          || e instanceof HttpTimeoutException
          || e instanceof java.util.concurrent.TimeoutException
          || e.getClass().getName().startsWith("io.quarkus.vault")
          || (e instanceof ProblemException said && said.problem().status() == 503)
          || (e instanceof SQLException sql && isConnection(sql))
          || (e instanceof AssertionError torn && isOfDriver(torn))) {
        return true;
      }
    }
    return false;
  }

  /** A commit that fails names no cause: what the database said of it is suppressed. */
  private static @Nullable Throwable reason(Throwable e) {
    boolean commit = e.getClass().getName().equals("jakarta.transaction.RollbackException");
    return commit && e.getCause() == null && e.getSuppressed().length > 0
        ? e.getSuppressed()[0]
        : e.getCause();
  }

  /** The driver takes it for impossible that a connection is closed while it is asked something. */
  private static boolean isOfDriver(AssertionError torn) {
    StackTraceElement[] trace = torn.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.postgresql.");
  }

  /** Classes 08, 53 and 57P of SQLSTATE: connection, resources, shut down. Agroal has none. */
  private static boolean isConnection(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P");
  }

  /** The innermost cause's class and message, for the log. */
  public static String cause(Throwable failure) {
    Throwable innermost = failure;
    for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
  }
}
