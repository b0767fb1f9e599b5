// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One or more rules. What it has to remember is in the database, in the caller's transaction. */
@FunctionalInterface
interface Lookout {
  /** What the entry says, together with what was seen before it. */
  List<Finding> look(Row row, Connection database) throws SQLException;
}
