// SPDX-License-Identifier: Apache-2.0
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { asProblem, type Problem } from '../api/http';
import type { Session, Workspace } from '../api/types';
import { store } from '../state/store';
import { useStore } from '../state/useStore';
import { useVault } from '../state/useVault';
import { isOpen, reasonText, stateLine, WORDS, type VaultKind } from '../state/vault';
import { Boundary } from '../ui/Boundary';
import { DeleteWorkspace } from '../ui/DeleteWorkspace';
import { Bin, Gate } from '../ui/icons';
import { later } from '../ui/later';
import { LongWait } from '../ui/LongWait';
import { ProblemNote } from '../ui/ProblemNote';
import { Steps } from '../ui/Steps';
import { useDocumentState } from '../ui/useDocumentState';
import { useEndsSoon } from '../ui/useEndsSoon';
import { NotFoundPage } from './NotFoundPage';

const Terminals = later(() => import('../terminal/Terminals'));

export function WorkspacePage({ id }: { id: string }) {
  const { workspaces, sessions } = useStore();
  const workspace = workspaces?.find((one) => one.id === id) ?? null;
  const session = sessions.get(id);
  const { kind, left } = useVault(id, workspace);
  useDocumentState(kind, workspace ? `${WORDS[kind]} · ${workspace.name}` : 'Workspace');
  if (!workspace) return <NotFoundPage />;
  const active = session && (isOpen(session) || session.state === 'LOCKING') ? session : null;
  return (
    <section className="workspace" data-testid="workspace" data-state={kind} data-name={workspace.name}>
      {active ? <Open workspace={workspace} session={active} kind={kind} left={left} /> : <Closed workspace={workspace} session={session} kind={kind} />}
    </section>
  );
}

interface OpenProps {
  workspace: Workspace;
  session: Session;
  kind: VaultKind;
  left: number | null;
}

function Open({ workspace, session, kind, left }: OpenProps) {
  const { locking } = useStore();
  const [problem, setProblem] = useState<Problem | null>(null);
  const endsAt = useEndsSoon(session);
  const busy = locking.has(workspace.id) || session.state === 'LOCKING';
  const lock = () => {
    setProblem(null);
    store.lock(session).catch((error: unknown) => setProblem(asProblem(error)));
  };
  return (
    <>
      <h1 className="sr-only">{workspace.name}</h1>
      {problem && <ProblemNote problem={problem} onRetry={lock} />}
      <Boundary around={(message) => <WithoutTerminals message={message} kind={kind} left={left} locking={busy} onLock={lock} />}>
        <Suspense fallback={<p className="filling soft">Loading the terminal…</p>}>
          <Terminals
            key={session.id}
            workspaceId={workspace.id}
            sessionId={session.id}
            name={workspace.name}
            kind={kind}
            left={left}
            endsAt={endsAt}
            locking={busy}
            onLock={lock}
          />
        </Suspense>
      </Boundary>
    </>
  );
}

interface WithoutProps {
  message: ReactNode;
  kind: VaultKind;
  left: number | null;
  locking: boolean;
  onLock: () => void;
}

/** It is open all the same: that is said, and it can be locked. */
function WithoutTerminals({ message, kind, left, locking, onLock }: WithoutProps) {
  return (
    <div className="closed">
      <p className={`word word-${kind}`} data-testid="vault-state">
        {stateLine(kind, left)}
      </p>
      {message}
      <button type="button" className="button lock" disabled={locking} onClick={onLock} data-testid="lock">
        <Gate kind="locked" /> {locking ? 'Locking…' : 'Lock'}
      </button>
    </div>
  );
}

function Closed({ workspace, session, kind }: { workspace: Workspace; session: Session | undefined; kind: VaultKind }) {
  const { unlocking } = useStore();
  const [deleting, setDeleting] = useState(false);
  const [stopped, setStopped] = useState(false);
  const progress = unlocking.get(workspace.id);
  const busy = progress !== undefined && progress.problem === null;
  useEffect(() => {
    store.warm(workspace.id);
  }, [workspace.id]);
  const unlock = useRef<HTMLButtonElement>(null);
  const open = () => {
    setStopped(false);
    void store.unlock(workspace.id);
  };
  const stop = () => {
    store.stopWaiting(workspace.id);
    setStopped(true);
    unlock.current?.focus();
  };
  return (
    <div className="closed" data-testid="locked">
      <Gate kind={kind} size={44} />
      <h1>{workspace.name}</h1>
      <p className={`word word-${kind}`} role="status" data-testid="vault-state">
        {WORDS[kind]}
      </p>
      {!progress && <p className="soft" data-testid="lock-reason">{stopped ? STOPPED : why(workspace, session)}</p>}
      {progress && <Steps progress={progress} />}
      {progress?.problem && <ProblemNote problem={progress.problem} />}
      <div className="closed-actions">
        <button ref={unlock} type="button" className="button primary large" autoFocus aria-disabled={busy} onClick={open} data-testid="unlock">
          {busy ? 'Unlocking…' : 'Unlock'}
        </button>
        {!busy && (
          <button type="button" className="button quiet" onClick={() => setDeleting(true)} data-testid="delete-workspace">
            <Bin /> Delete…
          </button>
        )}
      </div>
      {busy && <LongWait startedAt={progress.startedAt} onStop={stop} />}
      {deleting && <DeleteWorkspace workspace={workspace} onClose={() => setDeleting(false)} />}
    </div>
  );
}

/** Until something else is known: nobody said that it will not be opened. */
const STOPPED = 'You stopped waiting. If the server opens it after all, it is shown here as open.';

function why(workspace: Workspace, session: Session | undefined): string {
  if (workspace.openNow && !session) return 'It seems to be open elsewhere. Unlocking tells you more.';
  if (session?.state === 'OPENING') return 'It is being opened. It is shown here as soon as it is open.';
  if (session?.state === 'LOCKED') return reasonText(session.reason, session.lockedByName);
  if (!workspace.lastOpenedAt) return 'Never opened yet. Unlocking creates its encrypted folder and opens a terminal in it.';
  return reasonText(null);
}
