// SPDX-License-Identifier: Apache-2.0
import { useId, useState, type FormEvent } from 'react';
import { asProblem, type Problem } from '../api/http';
import type { Deletion, Workspace } from '../api/types';
import { navigate } from '../state/route';
import { store } from '../state/store';
import { Dialog } from './Dialog';
import { ProblemNote } from './ProblemNote';

/** Typed to confirm, because nothing brings a deleted key back. */
export function DeleteWorkspace({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useId();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const deletion = await store.remove(workspace, typed);
      store.notice(`${workspace.name} is deleted: ${said(deletion)}.`);
      navigate('/', true);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={`Delete ${workspace.name}`} testId="delete-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          Its key is destroyed, so no copy of its files can ever be read again, and its ciphertext is removed. Nothing brings it back.
        </p>
        <label htmlFor={field}>
          Type <strong>{workspace.name}</strong> to confirm
        </label>
        <input id={field} value={typed} data-focus autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} data-testid="delete-name" />
        {problem && <ProblemNote problem={problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button danger" disabled={busy || typed !== workspace.name} data-testid="confirm-delete">
            {busy ? 'Deleting…' : 'Delete for good'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What the server says it did, and nothing beyond that. */
function said(deletion: Deletion): string {
  const done: string[] = [];
  if (deletion.transitKeyDeleted) done.push('its key in the vault is destroyed');
  if (deletion.wrappedKeyDeleted) done.push('the wrapped key is deleted');
  if (deletion.ciphertext === 'requested') done.push('its ciphertext is being removed');
  else if (deletion.ciphertext) done.push(`ciphertext ${deletion.ciphertext}`);
  return done.join(', ') || 'the server gave no details';
}
