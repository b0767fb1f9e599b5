// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { Role } from '../api/identity';
import { publicKeyRule } from '../credentials/publicKey';
import { PublicKeyField } from '../credentials/PublicKeyField';
import { useAction } from '../state/useAction';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { personNameRule } from './personName';
import { RoleChoice } from './RoleChoice';

export function AddPerson({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [publicKey, setPublicKey] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const ofKey = publicKey.trim() === '' ? null : publicKeyRule(publicKey);
  const nameRule = (checked ? personNameRule(name) : null) ?? action.ruleOf('name');
  const keyRule = (checked ? ofKey : null) ?? action.ruleOf('publicKey');

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (personNameRule(name) || ofKey) return focusBroken(event.currentTarget);
    const body = { name: name.trim(), role, ...(publicKey.trim() === '' ? {} : { publicKey: publicKey.trim() }) };
    if (!(await action.run(() => call('POST', '/api/people', body)))) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title="Add a person" testId="add-person-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="soft">For somebody whose public key you have. Somebody else gets an invitation, and adds a key themselves.</p>
        <Field label="Name" value={name} data-focus rule={nameRule} testId="person-name" onText={setName} />
        <RoleChoice value={role} onChoose={setRole} />
        <PublicKeyField value={publicKey} rule={keyRule} onText={setPublicKey} />
        {action.problem && !nameRule && !keyRule && <ProblemNote problem={action.problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy} data-testid="save-person">
            {action.busy ? 'Adding…' : 'Add the person'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
