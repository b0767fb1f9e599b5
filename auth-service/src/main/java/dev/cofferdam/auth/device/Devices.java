// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.identity.UserId;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Browsers that are signed in, and which no longer are. */
@ApplicationScoped
class Devices {
  /** A sign-in is a browser's, or a program's by its key. */
  private static final String OVER =
      "select asked.id from unnest(?) as asked(id) where not exists (select from browser_session s"
          + " join account a on a.id = s.account_id where s.id = asked.id and s.ended_at is null"
          + " and s.expires_at > ? and a.disabled_at is null) and not exists (select from api_key k"
          + " join account a on a.id = k.account_id where k.sign_in = asked.id and k.revoked_at is null"
          + " and k.expires_at > ? and a.disabled_at is null)";

  private final DataSource database;
  private final InstantSource clock;

  Devices(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The one that was seen last first. */
  @Transactional
  List<BrowserSession> of(UserId user) {
    return BrowserSession.list(
        "accountId = ?1 and endedAt is null and expiresAt > ?2",
        Sort.descending("lastSeenAt").and("id"),
        user.value(),
        clock.instant());
  }

  @Transactional
  Optional<BrowserSession> find(UUID id) {
    return BrowserSession.find(
            "id = ?1 and endedAt is null and expiresAt > ?2", id, clock.instant())
        .firstResultOptional();
  }

  /** Which of these do not hold: ended, expired, of somebody who is switched off, or unknown. */
  @Transactional
  List<UUID> over(Collection<UUID> asked) {
    List<UUID> over = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OVER)) {
      select.setArray(1, connection.createArrayOf("uuid", asked.toArray()));
      select.setTimestamp(2, Timestamp.from(clock.instant()));
      select.setTimestamp(3, Timestamp.from(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          over.add(row.getObject(1, UUID.class));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("sign-ins could not be looked up", e);
    }
    return over;
  }
}
