// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.vault.WrappingToken;
import dev.cofferdam.workspace.key.WorkspaceKeys;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Workspaces and their keys. Who may have which is decided before. */
@ApplicationScoped
public class Workspaces {
  private static final Logger LOG = Logger.getLogger(Workspaces.class);
  private static final int MOST_OF_ONE_OWNER = 1000;

  private final WorkspaceKeys keys;
  private final Outbox outbox;

  Workspaces(WorkspaceKeys keys, Outbox outbox) {
    this.keys = keys;
    this.outbox = outbox;
  }

  /**
   * What a sandbox needs to take the key; {@code firstOpen} lets it make the encrypted directory.
   */
  record Grant(WrappingToken token, boolean firstOpen) {}

  List<Workspace> list(UserId owner) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Workspace.list("ownerId", Sort.by("name"), uuid(owner)));
  }

  /** Whoever it belongs to: the caller decides whether it may be seen. */
  Optional<Workspace> find(WorkspaceId id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Workspace.<Workspace>findByIdOptional(uuid(id)));
  }

  /** Makes the keys first: a workspace without a key must not be seen. */
  Workspace create(UserId owner, WorkspaceName name) {
    requireRoom(owner, name);
    WorkspaceId id = WorkspaceId.random();
    String wrappedKey = keys.create(id);
    try {
      return QuarkusTransaction.requiringNew().call(() -> persist(owner, name, id, wrappedKey));
    } catch (RuntimeException e) {
      forget(id);
      // Somebody was quicker with the same name: then looking again says so.
      requireRoom(owner, name);
      throw e;
    }
  }

  /** Of a workspace that did not come to be. */
  private void forget(WorkspaceId id) {
    try {
      keys.shred(id);
    } catch (RuntimeException e) {
      LOG.warnf("the key of workspace %s, which was not made, stays in Vault", id);
    }
  }

  private void requireRoom(UserId owner, WorkspaceName name) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (Workspace.count("ownerId = ?1 and name = ?2", uuid(owner), name.text()) > 0) {
                throw new ProblemException(
                    Problem.badField("name", "a name that no other workspace of yours has"));
              }
              if (Workspace.count("ownerId", uuid(owner)) >= MOST_OF_ONE_OWNER) {
                throw new ProblemException(
                    Problem.of(
                        "too-many-workspaces",
                        409,
                        "There are 1000 workspaces",
                        "Delete one first."));
              }
            });
  }

  private Workspace persist(UserId owner, WorkspaceName name, WorkspaceId id, String wrappedKey) {
    Workspace workspace = new Workspace();
    workspace.id = uuid(id);
    workspace.ownerId = uuid(owner);
    workspace.name = name.text();
    workspace.wrappedKey = wrappedKey;
    workspace.createdAt = Instant.now();
    workspace.persistAndFlush();
    outbox.add(
        new WorkspaceEvent.Created(UUID.randomUUID(), workspace.createdAt, id, owner, name.text()));
    return workspace;
  }

  /** A grant for one session. */
  Grant grant(Workspace workspace) {
    WorkspaceId id = new WorkspaceId(workspace.id);
    return new Grant(keys.grant(id, workspace.wrappedKey), !workspace.initialised);
  }

  /**
   * Shreds the keys, then forgets the workspace. After a crash in between the row is still there
   * and deleting can be tried again.
   */
  void delete(Workspace workspace, String name) {
    WorkspaceId id = new WorkspaceId(workspace.id);
    UserId owner = new UserId(workspace.ownerId);
    if (!workspace.name.equals(name)) {
      throw new ProblemException(Problem.badField("name", "exactly the name of the workspace"));
    }
    if (workspace.openNow) {
      throw new ProblemException(
          Problem.of("workspace-open", 409, "The workspace is open", "Lock it first."));
    }
    keys.shred(id);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Workspace.deleteById(uuid(id));
              outbox.add(new WorkspaceEvent.Deleted(UUID.randomUUID(), Instant.now(), id, owner));
            });
  }

  private static UUID uuid(Object id) {
    return UUID.fromString(id.toString());
  }
}
