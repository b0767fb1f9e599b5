// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

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

/**
 * The sessions whose boxes this gateway looks after, and the boxes that it is just opening or
 * ending. Bounded by the boxes that a host runs. Thread-safe.
 */
@ApplicationScoped
public class OpenSessions {
  private final Map<SessionId, OpenSession> sessions = new LinkedHashMap<>();
  private final Set<SandboxId> busy = new HashSet<>();

  /** Somebody is opening or ending this box: it is nobody else's business. */
  synchronized void claim(SandboxId sandbox) {
    busy.add(sandbox);
  }

  synchronized void release(SandboxId sandbox) {
    busy.remove(sandbox);
  }

  /** The box belongs to an open session from now on. */
  synchronized void add(OpenSession session) {
    busy.remove(session.sandbox());
    sessions.put(session.id(), session);
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

  synchronized List<OpenSession> all() {
    return List.copyOf(sessions.values());
  }

  /** Takes the session out to end it; empty if somebody else does. */
  synchronized Optional<OpenSession> claim(SessionId id) {
    Optional<OpenSession> session = Optional.ofNullable(sessions.remove(id));
    session.ifPresent(s -> busy.add(s.sandbox()));
    return session;
  }

  /** Takes out the session of a box that is gone. */
  synchronized Optional<OpenSession> remove(SandboxId sandbox) {
    busy.remove(sandbox);
    Optional<OpenSession> gone =
        sessions.values().stream().filter(s -> s.sandbox().equals(sandbox)).findFirst();
    gone.ifPresent(s -> sessions.remove(s.id()));
    return gone;
  }
}
