// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.decisions.Resource;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What every page asks for first and again and again: one statement, and no transaction around it,
 * whose end would be a second question to the database. Wrapped keys are not read at all.
 */
@ApplicationScoped
class OwnList {
  private static final String LIST =
      "select id, name, created_at, last_opened_at, last_opened_by, open_now, initialised"
          + " from workspace where owner_id = ? order by name";

  private final DataSource database;

  OwnList(DataSource database) {
    this.database = database;
  }

  /** A workspace as its owner sees it. */
  record Line(
      UUID id,
      UserId owner,
      String name,
      Instant createdAt,
      @Nullable Instant lastOpenedAt,
      @Nullable UUID lastOpenedBy,
      boolean openNow,
      boolean initialised) {
    Resource resource() {
      return Resource.workspace(owner, new WorkspaceId(id));
    }
  }

  /** By name. */
  List<Line> of(UserId owner) {
    try (Connection connection = database.getConnection();
        PreparedStatement list = connection.prepareStatement(LIST)) {
      list.setObject(1, owner.value());
      try (ResultSet rows = list.executeQuery()) {
        List<Line> lines = new ArrayList<>();
        while (rows.next()) {
          lines.add(line(owner, rows));
        }
        return lines;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("workspaces can't be listed", e);
    }
  }

  private static Line line(UserId owner, ResultSet row) throws SQLException {
    return new Line(
        row.getObject("id", UUID.class),
        owner,
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_opened_at"),
        row.getObject("last_opened_by", UUID.class),
        row.getBoolean("open_now"),
        row.getBoolean("initialised"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
