// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.decisions.Resource;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table of workspaces; the wrapped key is of use to nobody but Vault. */
@Entity
@Table(name = "workspace")
public class Workspace extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "owner_id")
  UUID ownerId;

  String name;

  @Column(name = "wrapped_key")
  String wrappedKey;

  @Column(name = "created_at")
  Instant createdAt;

  /** Whether it was opened once: its ciphertext must be there from then on. */
  boolean initialised;

  @Column(name = "open_now")
  boolean openNow;

  @Column(name = "last_opened_at")
  @Nullable Instant lastOpenedAt;

  @Column(name = "last_opened_by")
  @Nullable UUID lastOpenedBy;

  /** When a key was last handed out, until that session is known to have ended. */
  @Column(name = "granted_at")
  @Nullable Instant grantedAt;

  @Column(name = "granted_session")
  @Nullable UUID grantedSession;

  /** As session events tell; the newest of all, whether or not it is open still. */
  @Column(name = "open_session", insertable = false, updatable = false)
  @Nullable UUID openSession;

  /** Its keys are being shredded. */
  boolean condemned;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Workspace() {}

  Resource resource() {
    return Resource.workspace(new UserId(ownerId), new WorkspaceId(id));
  }
}
