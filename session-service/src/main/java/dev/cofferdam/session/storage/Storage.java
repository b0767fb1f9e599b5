// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;

/** What each workspace takes, by the last word of a sandbox that had it open. */
@ApplicationScoped
public class Storage {
  private static final String COUNTED =
      """
      insert into storage (workspace_id, user_id, bytes, is_full, counted_at)
      values (:workspace, :user, :bytes, :full, :now)
      on conflict (workspace_id)
      do update set bytes = :bytes, is_full = :full, counted_at = :now
      """;

  private static final String OTHERS =
      """
      select coalesce(sum(u.bytes), 0) from Used u
      where u.userId = :user and u.workspaceId <> :workspace
      """;

  private static final String OF_EVERYBODY =
      """
      select new dev.cofferdam.session.storage.PersonStorage(u.userId, sum(u.bytes), count(u))
      from Used u group by u.userId order by sum(u.bytes) desc, u.userId
      """;

  private static final int MOST_PEOPLE = 1000;

  private final InstantSource clock;

  Storage(InstantSource clock) {
    this.clock = clock;
  }

  /** A sandbox has counted. */
  @Transactional
  public void counted(WorkspaceId workspace, UserId user, long bytes, boolean isFull) {
    Used known = Used.findById(workspace.value());
    if (known != null && known.bytes == bytes && known.full == isFull) {
      // With each lease: most have nothing new to say, and need not wait for the disk.
      return;
    }
    Used.getEntityManager()
        .createNativeQuery(COUNTED)
        .setParameter("workspace", workspace.value())
        .setParameter("user", user.value())
        .setParameter("bytes", bytes)
        .setParameter("full", isFull)
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  /**
   * How much this workspace may take: what the others of its person take is taken off, and what is
   * there already is not, since it may stay.
   *
   * @param quota of the person, bytes
   */
  @Transactional
  public long left(WorkspaceId workspace, UserId user, long quota) {
    long others =
        Used.getEntityManager()
            .createQuery(OTHERS, Long.class)
            .setParameter("user", user.value())
            .setParameter("workspace", workspace.value())
            .getSingleResult();
    return Math.max(0, quota - others);
  }

  @Transactional
  List<PersonStorage> ofEverybody() {
    return Used.getEntityManager()
        .createQuery(OF_EVERYBODY, PersonStorage.class)
        .setMaxResults(MOST_PEOPLE)
        .getResultList();
  }

  @Transactional
  List<Used> list(UserId user) {
    return Used.list("userId", Sort.by("workspaceId"), user.value());
  }

  /** Its ciphertext is gone. */
  @Transactional
  void forget(WorkspaceId workspace) {
    Used.deleteById(workspace.value());
  }
}
