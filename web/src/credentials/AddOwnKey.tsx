// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import { useAction } from '../state/useAction';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { KeyProofFields } from './KeyProofFields';
import { useKeyProof } from './useKeyProof';

interface Props {
  path: string;
  onDone: () => void;
  onClose: () => void;
}

/** A key of one's own: it signs, and its public half comes with the signature. */
export function AddOwnKey({ path, onDone, onClose }: Props) {
  const proof = useKeyProof(`${path}/challenges`);
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const nameRule = checked && name.trim() === '' ? 'Give it a name that you know it by.' : action.ruleOf('name');
  const proofRule = (checked ? proof.rule : null) ?? action.ruleOf('signature');

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    const signed = proof.body();
    if (!signed || name.trim() === '') return focusBroken(event.currentTarget);
    if (!(await action.run(() => call('POST', path, { name: name.normalize('NFC').trim(), ...signed })))) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title="Add an SSH key" testId="add-key-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Field label="Name" value={name} rule={nameRule} hint="For instance the machine that it is on." testId="key-name" onText={setName} />
        <KeyProofFields proof={proof} busy={action.busy} rule={proofRule} />
        {action.problem && !nameRule && !proofRule && <ProblemNote problem={action.problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy || !proof.asked || proof.left === 0} data-testid="save-key">
            {action.busy ? 'Adding…' : 'Add the key'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
