// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { asProblem, call } from '../api/http';
import { store } from '../state/store';
import { useLoaded } from '../state/useLoaded';
import { Confirm } from '../ui/Confirm';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';

const PATH = '/api/emergency-stop';

const LEAD = (
  <>
    Locks every workspace of this server in seconds, ends every sign-in, also yours, and lets nothing open until an owner lifts it, here or with <code className="nowrap">./coffer emergency-stop --lift</code>.
  </>
);

/** One button for owners: everything locks and everybody is signed out; lifting it takes a person. */
export function EmergencyStop() {
  const { data, problem, reload } = useLoaded<{ stopped: boolean }>(PATH);
  const [asking, setAsking] = useState(false);
  const stopped = data?.stopped ?? false;
  return (
    <Section
      title="Emergency stop"
      testId="emergency-stop"
      lead={
        stopped
          ? 'This server is stopped: every workspace is locked, and none opens until you lift the stop.'
          : LEAD
      }
      action={
        data && (
          <button type="button" className={stopped ? 'button' : 'button danger'} onClick={() => setAsking(true)} data-testid={stopped ? 'lift-stop' : 'stop-all'}>
            {stopped ? 'Lift the stop…' : 'Stop everything…'}
          </button>
        )
      }
    >
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {asking && (stopped ? <Lift onDone={reload} onClose={() => setAsking(false)} /> : <Stop onClose={() => setAsking(false)} />)}
    </Section>
  );
}

/** Nobody is signed in by then, so that what failed is said where one lands. */
async function stopAll(sealing: boolean): Promise<unknown> {
  try {
    return await call('POST', PATH, { stopped: true, sealing });
  } catch (error) {
    if (asProblem(error).slug === 'vault-not-sealed') location.assign('/sign-in?problem=vault-not-sealed');
    throw error;
  }
}

function Stop({ onClose }: { onClose: () => void }) {
  const [sealing, setSealing] = useState(false);
  return (
    <Confirm title="Stop everything on this server" verb="Stop everything" work={() => stopAll(sealing)} onDone={() => store.signedOut()} onClose={onClose}>
      <p>Programs in every open workspace end at once, unsaved work in them is lost, and everybody is signed out, you as well. API keys, links and invitations are revoked for good.</p>
      <label className="tick">
        <input type="checkbox" checked={sealing} onChange={(event) => setSealing(event.target.checked)} data-testid="seal-vault" />
        <span>Seal Vault as well: nothing can be used then, and only somebody with the unseal key can let it go on, at the machine</span>
      </label>
    </Confirm>
  );
}

function Lift({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  return (
    <Confirm title="Lift the emergency stop" verb="Lift it" work={() => call('POST', PATH, { stopped: false })} onDone={onDone} onClose={onClose}>
      <p>Workspaces can be unlocked again. Make sure first that whatever it was for is over.</p>
    </Confirm>
  );
}
