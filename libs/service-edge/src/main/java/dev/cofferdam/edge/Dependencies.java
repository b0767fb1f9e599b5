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

/** Tells a part that does not answer from a bug of ours. */
public final class Dependencies {
  private Dependencies() {}

  public static boolean isDown(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable e = failure; e != null && seen.add(e); e = e.getCause()) {
      if (e instanceof ConnectException
          || e instanceof SocketException
          || e instanceof ClosedChannelException
          || e instanceof HttpTimeoutException
          || e instanceof java.util.concurrent.TimeoutException
          || e.getClass().getName().startsWith("io.quarkus.vault")
          || (e instanceof ProblemException said && said.problem().status() == 503)
          || (e instanceof SQLException sql && isConnection(sql))) {
        return true;
      }
    }
    return false;
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
