// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { NewApiKey as NewKey } from '../api/identity';
import type { Workspace } from '../api/types';
import { useAction } from '../state/useAction';
import { Choice } from '../ui/Choice';
import { CopyBox } from '../ui/CopyBox';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { expiryOf, scopesOf } from './verbs';
import { VerbChoice } from './VerbChoice';

interface Props {
  path: string;
  workspaces: readonly Workspace[];
  onMade: () => void;
  onClose: () => void;
}

const DAYS = [
  { value: '7', text: 'In 7 days' }, { value: '30', text: 'In 30 days' }, { value: '90', text: 'In 90 days' }, { value: '365', text: 'In a year' },
] as const;

/** Asks what a program may do and for how long, then shows its key, once. */
export function NewApiKey({ path, workspaces, onMade, onClose }: Props) {
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <Dialog title={made ? `The key of ${made.apiKey.name}` : 'New API key'} testId="new-api-key-dialog" onClose={onClose}>
      {made ? (
        <Made made={made} onClose={onClose} />
      ) : (
        <Ask
          path={path}
          workspaces={workspaces}
          onClose={onClose}
          onMade={(key) => {
            setMade(key);
            onMade();
          }}
        />
      )}
    </Dialog>
  );
}

function Ask({ path, workspaces, onMade, onClose }: Omit<Props, 'onMade'> & { onMade: (key: NewKey) => void }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState<(typeof DAYS)[number]['value']>('30');
  const [workspaceId, setWorkspaceId] = useState('');
  const [verbs, setVerbs] = useState<ReadonlySet<string>>(new Set());
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const scopes = scopesOf(verbs, workspaceId);
  const nameRule = checked && name.trim() === '' ? 'Say which program it is for.' : action.ruleOf('name');
  const scopeRule = checked && scopes.length === 0 ? 'Tick at least one thing that it may do.' : action.ruleOf('scopes');

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === '' || scopes.length === 0) return focusBroken(event.currentTarget);
    const body = { name: name.normalize('NFC').trim(), scopes, expiresAt: expiryOf(days) };
    await action.run(async () => onMade(await call<NewKey>('POST', path, body)));
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Field label="Name" value={name} data-focus rule={nameRule} hint="For instance the program and where it runs." testId="api-key-name" onText={setName} />
      <Choice label="Ends" value={days} options={DAYS} testId="api-key-days" onChoose={setDays} />
      <Choice
        label="Where"
        value={workspaceId}
        options={[{ value: '', text: 'All workspaces, later ones too' }, ...workspaces.map((one) => ({ value: one.id, text: `Only ${one.name}` }))]}
        testId="api-key-workspace"
        onChoose={setWorkspaceId}
      />
      <VerbChoice chosen={verbs} narrowed={workspaceId !== ''} rule={scopeRule} onChange={setVerbs} />
      {action.problem && !nameRule && !scopeRule && <ProblemNote problem={action.problem} />}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={action.busy} data-testid="make-api-key">
          {action.busy ? 'One moment…' : 'Make the key'}
        </button>
      </footer>
    </form>
  );
}

function Made({ made, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <div className="dialog-text">
      <p>This is the only time that it is shown: the server keeps a hash of it. Put it where only the program can read it.</p>
      <CopyBox text={made.key} what="API key" testId="api-key" />
      <p className="faint">
        Sent as <code>Authorization: Bearer coffer_…</code>
      </p>
      <footer className="dialog-foot">
        <button type="button" className="button primary" onClick={onClose} data-testid="done">
          Done
        </button>
      </footer>
    </div>
  );
}
