// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of what workspaces take of the disk. */
@Entity
@Table(name = "storage")
class Used extends PanacheEntityBase {
  @Id
  @Column(name = "workspace_id")
  UUID workspaceId;

  @Column(name = "user_id")
  UUID userId;

  long bytes;

  /** Whether nothing could be written to it then. */
  @Column(name = "is_full")
  boolean full;

  @Column(name = "counted_at")
  Instant countedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Used() {}
}
