// SPDX-License-Identifier: Apache-2.0
import type { Session } from '../api/types';
import type { Idle, Unlocking } from './store';
import { isOpen } from './vault';

const LONGEST_WARNING_MS = 300_000;

export function changed<V>(map: ReadonlyMap<string, V>, key: string, value: V | null): ReadonlyMap<string, V> {
  const copy = new Map(map);
  if (value === null) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

/** What an unlock failed with is of no interest once its workspace is open, whoever opened it. */
export function current(unlocking: ReadonlyMap<string, Unlocking>, sessions: readonly Session[]): ReadonlyMap<string, Unlocking> {
  const over = sessions.filter((session) => isOpen(session) && unlocking.get(session.workspaceId)?.problem);
  return over.reduce((left, session) => changed(left, session.workspaceId, null), unlocking);
}

/** As long as no view of this page hears it from the sandbox itself, what the server says is how long is left. */
export function warned(
  idle: ReadonlyMap<string, Idle>, before: Session | undefined, session: Session, now = Date.now(),
): ReadonlyMap<string, Idle> {
  const is = session.state === 'WARNED';
  if (is === (before?.id === session.id && before.state === 'WARNED')) return idle;
  const locksAt = Date.parse(session.locksAt ?? '');
  if (!is || Number.isNaN(locksAt)) return changed(idle, session.workspaceId, null);
  const left = Math.min(Math.max(0, locksAt - now), LONGEST_WARNING_MS);
  return changed(idle, session.workspaceId, { deadline: performance.now() + left, warnSeconds: LONGEST_WARNING_MS / 1000 });
}

/** The server lists open sessions only, so one that was open and is missing now has been locked meanwhile. */
export function merged(known: ReadonlyMap<string, Session>, open: readonly Session[]): ReadonlyMap<string, Session> {
  const result = new Map<string, Session>();
  for (const [id, session] of known) result.set(id, session.state === 'LOCKED' ? session : { ...session, state: 'LOCKED' });
  for (const session of open) {
    const before = known.get(session.workspaceId);
    if (before?.id === session.id && before.state === 'LOCKED') continue;
    if (session.state !== 'LOCKED') result.set(session.workspaceId, session);
  }
  return result;
}
