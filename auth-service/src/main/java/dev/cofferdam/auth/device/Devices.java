// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.Tenancy;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Browsers that are signed in, and which no longer are. */
@ApplicationScoped
class Devices {
  /** A sign-in is a browser's, or a program's by its key; why it is over is empty if unknown. */
  private static final String OVER =
      """
      select asked.id,
        coalesce(
          s.ended_reason,
          e.reason,
          case
            when k.revoked_at is not null then 'key-revoked'
            when coalesce(sa.disabled_at, ka.disabled_at) is not null then 'account-disabled'
            when s.id is not null then 'sign-in-expired'
            when k.id is not null then 'key-expired'
          end,
          ''),
        (s.id is not null and s.ended_at is null and s.expires_at > ?
            and sa.disabled_at is null)
          or (k.id is not null and k.revoked_at is null and k.expires_at > ?
            and ka.disabled_at is null),
        coalesce(sa.name, ka.name)
      from unnest(?) as asked(id)
        left join browser_session s on s.id = asked.id
        left join account sa on sa.id = s.account_id
        left join api_key k on k.sign_in = asked.id
        left join account ka on ka.id = k.account_id
        left join ended_key_sign_in e on e.sign_in = asked.id
      """;

  /** As for who tries to sign in and is not the one person. */
  private static final String NOT_ADMITTED = "account-disabled";

  private final DataSource database;
  private final Tenancy tenancy;
  private final InstantSource clock;

  Devices(DataSource database, Tenancy tenancy, InstantSource clock) {
    this.database = database;
    this.tenancy = tenancy;
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

  /**
   * Which of these do not hold, ended, expired, of somebody who is switched off or may not be here,
   * or unknown; and why, as its event says it, or empty.
   */
  @Transactional
  Map<UUID, String> over(Collection<UUID> asked) {
    Map<UUID, String> over = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OVER)) {
      Timestamp now = Timestamp.from(clock.instant());
      select.setTimestamp(1, now);
      select.setTimestamp(2, now);
      select.setArray(3, connection.createArrayOf("uuid", asked.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          boolean holds = row.getBoolean(3);
          if (!holds || !tenancy.admits(row.getString(4))) {
            over.put(row.getObject(1, UUID.class), holds ? NOT_ADMITTED : row.getString(2));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("sign-ins could not be looked up", e);
    }
    return over;
  }
}
