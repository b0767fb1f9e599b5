// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one person may have that differs from the defaults. */
@Entity
@Table(name = "quota")
class OwnQuota extends PanacheEntityBase {
  @Id
  @Column(name = "account_id")
  UUID accountId;

  @Nullable Integer workspaces;

  @Column(name = "open_sessions")
  @Nullable Integer openSessions;

  @Nullable Long bytes;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  OwnQuota() {}
}
