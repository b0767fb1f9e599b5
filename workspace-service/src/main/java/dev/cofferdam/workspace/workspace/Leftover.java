// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A deleted workspace whose ciphertext, which nobody can read, is not known to be gone. */
@Entity
@Table(name = "leftover")
public class Leftover extends PanacheEntityBase {
  private static final int MOST_AT_ONCE = 100;

  @Id
  @Column(name = "workspace_id")
  UUID workspaceId;

  @Column(name = "deleted_at")
  Instant deletedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Leftover() {}

  static void keep(UUID workspace, Instant deletedAt) {
    Leftover leftover = new Leftover();
    leftover.workspaceId = workspace;
    leftover.deletedAt = deletedAt;
    leftover.persist();
  }

  /** The oldest ones. */
  static List<UUID> some() {
    return Leftover.<Leftover>findAll(Sort.by("deletedAt")).page(0, MOST_AT_ONCE).stream()
        .map(leftover -> leftover.workspaceId)
        .toList();
  }
}
