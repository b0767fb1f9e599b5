// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import type { OpenedSession } from '../api/identity';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { Link } from '../ui/Link';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { OpenRow } from './OpenRow';
import { useFigures } from './useFigures';

interface Own extends OpenedSession {
  readonly workspaceId: string;
}

/** What one has open oneself, wherever it was opened from, as it changes. */
export function MyOpen() {
  const open = useLoaded<Own[]>('/api/sessions');
  const { reload } = open;
  const { sessions, workspaces } = useStore();
  const shown = useRef(sessions);
  useEffect(() => {
    if (shown.current === sessions) return;
    shown.current = sessions;
    reload();
  }, [sessions, reload]);
  const figures = useFigures((open.data?.length ?? 0) > 0);
  const name = (session: Own) => workspaces?.find((one) => one.id === session.workspaceId)?.name ?? 'A workspace';
  return (
    <Section title="What you have open" lead="Each has its key in memory at this moment. One that you did not open yourself was opened with a key of yours: lock it, and revoke that key." testId="my-open">
      <Listing loaded={open} empty="Nothing. The disk holds ciphertext only." testId="my-open-list">
        {(session) => (
          <OpenRow key={session.id} session={session} figures={figures.get(session.id)} name={<Link to={`/w/${session.workspaceId}`}>{name(session)}</Link>} />
        )}
      </Listing>
    </Section>
  );
}
