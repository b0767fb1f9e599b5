// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { Workspace } from '../api/types';
import { works } from '../state/roles';
import { roomWords, usedBy, usedWords, type Storage } from '../state/storage';
import { store } from '../state/store';
import { useStorage } from '../state/useStorage';
import { useStore } from '../state/useStore';
import { useVault } from '../state/useVault';
import { rowLine } from '../state/vault';
import { Cross, Gate, Plus } from '../ui/icons';
import { Link } from '../ui/Link';
import { NewWorkspace } from '../ui/NewWorkspace';
import { ago } from '../ui/times';
import { usePage } from '../ui/usePage';

export function HomePage() {
  const { me } = useStore();
  return works(me?.user.role) ? <Workspaces /> : <NoWorkspaces />;
}

function NoWorkspaces() {
  usePage('Home');
  return (
    <section className="page" data-testid="no-workspaces">
      <h1>Auditors have no workspaces</h1>
      <p className="soft">You can open none and see into none. What is here for you is the audit: who did what, when, and whether it was allowed.</p>
      <p>
        <Link to="/audit" className="button primary">
          Read the audit
        </Link>
      </p>
    </section>
  );
}

function Workspaces() {
  const { workspaces, notice } = useStore();
  const [creating, setCreating] = useState(false);
  const storage = useStorage();
  usePage('Workspaces');
  const list = workspaces ?? [];
  return (
    <section className="page">
      {notice && (
        <div className="note" role="status" data-testid="notice">
          <p>{notice}</p>
          <button type="button" className="button icon-only quiet" aria-label="Dismiss" onClick={() => store.notice(null)}>
            <Cross />
          </button>
        </div>
      )}
      {list.length === 0 ? (
        <Empty onNew={() => setCreating(true)} />
      ) : (
        <>
          <header className="page-head">
            <h1>Workspaces</h1>
            <button type="button" className="button primary" onClick={() => setCreating(true)} data-testid="new-workspace">
              <Plus /> New workspace
            </button>
          </header>
          {storage && (
            <p className={roomWords(storage) ? 'note' : 'soft storage-line'} role={roomWords(storage) ? 'status' : undefined} data-testid="storage">
              {roomWords(storage) ?? usedWords(storage)}
            </p>
          )}
          <ul className="workspaces" data-testid="workspaces">
            {list.map((workspace) => (
              <Row key={workspace.id} workspace={workspace} storage={storage} />
            ))}
          </ul>
        </>
      )}
      {creating && <NewWorkspace onClose={() => setCreating(false)} />}
    </section>
  );
}

function Row({ workspace, storage }: { workspace: Workspace; storage: Storage | null }) {
  const { kind, left } = useVault(workspace.id, workspace);
  const used = usedBy(storage, workspace.id);
  return (
    <li data-testid="workspace-row" data-name={workspace.name} data-state={kind}>
      <Link to={`/w/${workspace.id}`} className="row">
        <Gate kind={kind} size={20} />
        <span className="row-name">{workspace.name}</span>
        <span className="row-when soft">
          {workspace.lastOpenedAt ? `Opened ${ago(workspace.lastOpenedAt)}` : 'Never opened'}
          {used && ` · ${used}`}
        </span>
        <span className={`word word-${kind}`}>
          {rowLine(kind, left)}
        </span>
      </Link>
    </li>
  );
}

function Empty({ onNew }: { onNew: () => void }) {
  return (
    <div className="empty" data-testid="empty">
      <span className="empty-gate">
        <Gate kind="locked" size={40} />
      </span>
      <h1>No workspace yet</h1>
      <p>
        A workspace is a folder with a key of its own. While it is locked, the disk holds ciphertext and nothing runs. Unlock
        it and you get a terminal inside; lock it and programs, key and readable files are gone within a second.
      </p>
      <button type="button" className="button primary" onClick={onNew} data-testid="new-workspace">
        <Plus /> New workspace
      </button>
    </div>
  );
}
