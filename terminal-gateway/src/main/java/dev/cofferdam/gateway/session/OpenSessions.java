// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.signin.Watched;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The sessions whose boxes this gateway looks after, and the boxes that it is just opening or
 * ending. Bounded by the boxes that a host runs. Thread-safe.
 */
@ApplicationScoped
public class OpenSessions implements Watched {
  private static final int MOST_REMEMBERED = 256;

  private final Map<SessionId, OpenSession> sessions = new LinkedHashMap<>();
  private final Set<SandboxId> busy = new HashSet<>();

  /** Boxes that are gone and why: their end may be told before we know whose they were. */
  private final Map<SandboxId, String> gone =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SandboxId, String> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Somebody is opening or ending this box: it is nobody else's business. */
  synchronized void claim(SandboxId sandbox) {
    busy.add(sandbox);
  }

  synchronized void release(SandboxId sandbox) {
    busy.remove(sandbox);
  }

  /** The box belongs to an open session from now on; false if it is gone already. */
  synchronized boolean add(OpenSession session) {
    busy.remove(session.sandbox());
    if (gone.containsKey(session.sandbox())) {
      return false;
    }
    sessions.put(session.id(), session);
    return true;
  }

  public synchronized Optional<OpenSession> find(SessionId id) {
    return Optional.ofNullable(sessions.get(id));
  }

  synchronized boolean isOpen(WorkspaceId workspace) {
    return sessions.values().stream().anyMatch(s -> s.workspace().equals(workspace));
  }

  synchronized boolean knows(SandboxId sandbox) {
    return busy.contains(sandbox)
        || sessions.values().stream().anyMatch(s -> s.sandbox().equals(sandbox));
  }

  /** So that none outlives the sign-in that opened it. */
  @Override
  public synchronized Set<UUID> signIns() {
    return sessions.values().stream()
        .flatMap(s -> s.signIn().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  synchronized List<OpenSession> all() {
    return List.copyOf(sessions.values());
  }

  /** Takes the session out to end it; empty if somebody else does. */
  synchronized Optional<OpenSession> claim(SessionId id) {
    Optional<OpenSession> session = Optional.ofNullable(sessions.remove(id));
    session.ifPresent(s -> busy.add(s.sandbox()));
    return session;
  }

  /** Why a box has gone, as its runtime said. */
  synchronized Optional<String> whyGone(SandboxId sandbox) {
    return Optional.ofNullable(gone.get(sandbox));
  }

  /** Takes out the session of a box that is gone. */
  synchronized Optional<OpenSession> remove(SandboxId sandbox, String reason) {
    busy.remove(sandbox);
    gone.putIfAbsent(sandbox, reason);
    Optional<OpenSession> session =
        sessions.values().stream().filter(s -> s.sandbox().equals(sandbox)).findFirst();
    session.ifPresent(s -> sessions.remove(s.id()));
    return session;
  }
}
