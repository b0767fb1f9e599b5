// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, call } from '../api/http';
import type { OverseenSession, Person } from '../api/identity';
import { OpenRow } from '../open/OpenRow';
import { useFigures } from '../open/useFigures';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { Confirm } from '../ui/Confirm';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';

interface Open {
  readonly session: OverseenSession;
  /** A service account is among no people. */
  readonly whose: string;
}

/** What is open on this server as it changes: whose, opened how, and how it is doing. What is in it stays with its owner. */
export function OpenNow() {
  const sessions = useLoaded<OverseenSession[]>('/api/open-sessions');
  const people = useLoaded<Person[]>('/api/people');
  const { reload: lookForSessions } = sessions;
  const { reload: lookForPeople } = people;
  // Somebody new may have opened the first of theirs.
  const reload = useCallback(() => {
    lookForSessions();
    lookForPeople();
  }, [lookForSessions, lookForPeople]);
  const { openSessionsTurn, live } = useStore();
  const shown = useRef(openSessionsTurn);
  useEffect(() => {
    if (shown.current === openSessionsTurn) return;
    shown.current = openSessionsTurn;
    reload();
  }, [openSessionsTurn, reload]);
  const figures = useFigures((sessions.data?.length ?? 0) > 0);
  const [locking, setLocking] = useState<Open | null>(null);
  const open = (session: OverseenSession): Open => ({ session, whose: people.data?.find((one) => one.id === session.userId)?.name ?? 'A service account' });
  const data = people.data && sessions.data ? sessions.data.map(open) : null;
  return (
    <Section
      title="Open workspaces"
      lead="Each has its key in memory at this moment. You can lock it; what is in it, only its owner can see."
      action={
        live ? undefined : (
          <button type="button" className="button" onClick={reload} data-testid="look-again">
            Look again
          </button>
        )
      }
    >
      <Listing loaded={{ data, problem: sessions.problem ?? people.problem, reload }} empty="None. The disk holds ciphertext only." testId="open-list">
        {(one) => (
          <OpenRow
            key={one.session.id}
            session={one.session}
            figures={figures.get(one.session.id)}
            name={one.whose}
            action={
              <button type="button" className="button" aria-label={`Lock a workspace of ${one.whose}`} onClick={() => setLocking(one)} data-testid="lock-other">
                Lock…
              </button>
            }
          />
        )}
      </Listing>
      {locking && (
        <Confirm title={`Lock a workspace of ${locking.whose}`} verb="Lock it" work={() => lock(locking.session)} onDone={reload} onClose={() => setLocking(null)}>
          <p>Its programs end at once, unsaved work in them is lost, and its owner is told that an owner or admin did it.</p>
        </Confirm>
      )}
    </Section>
  );
}

/** One that is not there any more is what was wanted. */
async function lock(session: OverseenSession): Promise<void> {
  try {
    await call('POST', `/api/sessions/${session.id}/lock`, {});
  } catch (error) {
    if (asProblem(error).status !== 404) throw error;
  }
}
