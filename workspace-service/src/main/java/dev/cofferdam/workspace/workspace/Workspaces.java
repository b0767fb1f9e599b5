// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace.workspace;

import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.vault.WrappingToken;
import dev.cofferdam.workspace.key.WorkspaceKeys;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Workspaces and their keys. Who may have which is decided before. */
@ApplicationScoped
public class Workspaces {
  private static final Logger LOG = Logger.getLogger(Workspaces.class);

  /** As long as it may take until the event of a session that opens is here, and more. */
  private static final Duration OPENING_TAKES = Duration.ofSeconds(60);

  private final WorkspaceKeys keys;
  private final Outbox outbox;
  private final InstantSource clock;

  Workspaces(WorkspaceKeys keys, Outbox outbox, InstantSource clock) {
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * What a sandbox needs to take the key; {@code firstOpen} lets it make the encrypted directory.
   */
  record Grant(WrappingToken token, boolean firstOpen) {}

  /** Whoever it belongs to: the caller decides whether it may be seen. */
  Optional<Workspace> find(WorkspaceId id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Workspace.<Workspace>findByIdOptional(uuid(id)));
  }

  /**
   * Makes the keys first: a workspace without a key must not be seen.
   *
   * @param most how many workspaces the owner may have
   */
  Workspace create(UserId owner, int most, WorkspaceName name) {
    requireRoom(owner, most, name);
    WorkspaceId id = WorkspaceId.random();
    String wrappedKey = keys.create(id);
    try {
      return QuarkusTransaction.requiringNew()
          .call(
              () -> {
                requireFewer(owner, most);
                return persist(owner, name, id, wrappedKey);
              });
    } catch (RuntimeException e) {
      forget(id);
      // Somebody was quicker with the same name: then looking again says so.
      requireRoom(owner, most, name);
      throw e;
    }
  }

  /** Of a workspace that did not come to be. */
  private void forget(WorkspaceId id) {
    try {
      // The failure may have come behind the commit.
      boolean made =
          QuarkusTransaction.requiringNew()
              .call(() -> Workspace.findByIdOptional(uuid(id)).isPresent());
      if (!made) {
        keys.shred(id);
      }
    } catch (RuntimeException e) {
      LOG.warnf("the key of workspace %s, which was not made, stays in Vault", id);
    }
  }

  private void requireRoom(UserId owner, int most, WorkspaceName name) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (Workspace.count("ownerId = ?1 and name = ?2", uuid(owner), name.text()) > 0) {
                throw new ProblemException(
                    Problem.badField("name", "a name that no other workspace of yours has"));
              }
              requireFewer(owner, most);
            });
  }

  /** Of two that are made at the same time by one owner the second waits for the first. */
  private static void requireFewer(UserId owner, int most) {
    Workspace.getEntityManager()
        .createNativeQuery("select 1 from pg_advisory_xact_lock(?1)")
        .setParameter(1, owner.value().getMostSignificantBits())
        .getSingleResult();
    if (Workspace.count("ownerId", uuid(owner)) >= most) {
      throw new ProblemException(
          Problem.of(
              "too-many-workspaces",
              409,
              "You have as many workspaces as you may",
              "Delete one first, or ask an owner or admin of this server for more."));
    }
  }

  private Workspace persist(UserId owner, WorkspaceName name, WorkspaceId id, String wrappedKey) {
    Workspace workspace = new Workspace();
    workspace.id = uuid(id);
    workspace.ownerId = uuid(owner);
    workspace.name = name.text();
    workspace.wrappedKey = wrappedKey;
    workspace.createdAt = clock.instant();
    workspace.persistAndFlush();
    outbox.add(
        new WorkspaceEvent.Created(UUID.randomUUID(), workspace.createdAt, id, owner, name.text()));
    return workspace;
  }

  /**
   * A grant for one session, which is told of before anybody has it. Nobody opens one session
   * twice: a second one for it is refused.
   */
  Grant grant(Workspace asked, SessionId session) {
    WorkspaceId id = new WorkspaceId(asked.id);
    UserId owner = new UserId(asked.ownerId);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Workspace workspace =
        QuarkusTransaction.requiringNew().call(() -> granting(owner, id, session, now));
    try {
      WrappingToken token = keys.grant(id, workspace.wrappedKey);
      QuarkusTransaction.requiringNew()
          .run(
              () ->
                  outbox.add(
                      new WorkspaceEvent.KeyGranted(
                          UUID.randomUUID(), clock.instant(), id, owner, session)));
      return new Grant(token, !workspace.initialised);
    } catch (RuntimeException e) {
      QuarkusTransaction.requiringNew()
          .run(
              () ->
                  Workspace.update(
                      "grantedAt = null where id = ?1 and grantedAt = ?2", uuid(id), now));
      throw e;
    }
  }

  private static Workspace granting(UserId owner, WorkspaceId id, SessionId session, Instant now) {
    Workspace workspace = findLocked(owner, id);
    if (workspace.condemned) {
      throw new ProblemException(Problem.notFound("workspace"));
    }
    if (uuid(session).equals(workspace.grantedSession)
        || uuid(session).equals(workspace.openSession)) {
      throw new ProblemException(
          Problem.of(
              "already-granted",
              409,
              "The key was granted to this session before",
              "Open the workspace again, in a session of its own."));
    }
    workspace.grantedAt = now;
    workspace.grantedSession = uuid(session);
    return workspace;
  }

  /**
   * Shreds the keys, then forgets the workspace but for its ciphertext, which others remove. After
   * a crash in between the row is still there and deleting can be tried again.
   */
  void delete(Workspace asked, String name) {
    WorkspaceId id = new WorkspaceId(asked.id);
    UserId owner = new UserId(asked.ownerId);
    QuarkusTransaction.requiringNew().run(() -> condemn(findLocked(owner, id), name));
    shredOrPardon(id);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Workspace.deleteById(uuid(id));
              Leftover.keep(uuid(id), clock.instant());
              outbox.add(new WorkspaceEvent.Deleted(UUID.randomUUID(), clock.instant(), id, owner));
            });
  }

  /** Without Vault nothing was done, and it can be opened as before. */
  private void shredOrPardon(WorkspaceId id) {
    try {
      keys.shred(id);
    } catch (RuntimeException e) {
      QuarkusTransaction.requiringNew()
          .run(() -> Workspace.update("condemned = false where id = ?1", uuid(id)));
      throw e;
    }
  }

  /** From here on no key is handed out. A session that is just opening is not known as one yet. */
  private void condemn(Workspace workspace, String name) {
    if (!workspace.name.equals(name)) {
      throw new ProblemException(Problem.badField("name", "exactly the name of the workspace"));
    }
    Instant granted = workspace.grantedAt;
    boolean opening = granted != null && granted.plus(OPENING_TAKES).isAfter(clock.instant());
    if (workspace.openNow || opening) {
      throw new ProblemException(
          Problem.of("workspace-open", 409, "The workspace is open", "Lock it first."));
    }
    workspace.condemned = true;
  }

  private static Workspace findLocked(UserId owner, WorkspaceId id) {
    return Workspace.<Workspace>find("id = ?1 and ownerId = ?2", uuid(id), uuid(owner))
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .orElseThrow(() -> new ProblemException(Problem.notFound("workspace")));
  }

  private static UUID uuid(Object id) {
    return UUID.fromString(id.toString());
  }
}
