// SPDX-License-Identifier: Apache-2.0
import { useId, useState, type FormEvent } from 'react';
import { asProblem, type Problem } from '../api/http';
import { navigate } from '../state/route';
import { store } from '../state/store';
import { nameRule } from '../state/vault';
import { Dialog } from './Dialog';
import { ProblemNote } from './ProblemNote';

export function NewWorkspace({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [rule, setRule] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useId();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const broken = nameRule(name);
    setRule(broken);
    setProblem(null);
    if (broken) return document.getElementById(field)?.focus();
    setBusy(true);
    try {
      const workspace = await store.create(name.normalize('NFC').trim());
      onClose();
      navigate(`/w/${workspace.id}`);
    } catch (error) {
      const failed = asProblem(error);
      const about = failed.errors.find((one) => one.field === 'name');
      if (about) setRule(about.rule);
      else setProblem(failed);
      setBusy(false);
    }
  }

  return (
    <Dialog title="New workspace" testId="new-workspace-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="soft">A folder with a key of its own. Its files are encrypted on disk whenever it is locked.</p>
        <label htmlFor={field}>Name</label>
        <input
          id={field}
          data-testid="workspace-name"
          value={name}
          autoComplete="off"
          spellCheck={false}
          data-focus
          aria-invalid={rule !== null}
          aria-describedby={`${field}-rule`}
          onChange={(event) => {
            setName(event.target.value);
            setRule(null);
          }}
        />
        <p id={`${field}-rule`} className={rule ? 'rule rule-broken' : 'rule'} role={rule ? 'alert' : undefined} data-testid="name-rule">
          {rule ?? '1 to 64 letters, digits, spaces, hyphens, underscores or dots.'}
        </p>
        {problem && <ProblemNote problem={problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy} data-testid="create-workspace">
            {busy ? 'Creating…' : 'Create workspace'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
