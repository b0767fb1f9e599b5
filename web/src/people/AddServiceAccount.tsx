// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import { useAction } from '../state/useAction';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { personNameRule } from './personName';

export function AddServiceAccount({ path, onDone, onClose }: { path: string; onDone: () => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const rule = (checked ? personNameRule(name) : null) ?? action.ruleOf('name');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (personNameRule(name)) return focusBroken(event.currentTarget);
    if (!(await action.run(() => call('POST', path, { name: name.trim() })))) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title="Add a service account" testId="add-service-account-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Field label="Name" value={name} data-focus rule={rule} hint="For instance what the program does." testId="service-account-name" onText={setName} />
        {action.problem && !rule && <ProblemNote problem={action.problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy} data-testid="save-service-account">
            {action.busy ? 'Adding…' : 'Add it'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
