// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import { useAction } from '../state/useAction';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { keyComment, publicKeyRule } from './publicKey';
import { PublicKeyField } from './PublicKeyField';

interface Props {
  path: string;
  onDone: () => void;
  onClose: () => void;
}

export function AddSshKey({ path, onDone, onClose }: Props) {
  const [publicKey, setPublicKey] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const name = typed ?? (publicKeyRule(publicKey) ? '' : keyComment(publicKey));
  const keyRule = (checked ? publicKeyRule(publicKey) : null) ?? action.ruleOf('publicKey');
  const nameRule = checked && name.trim() === '' ? 'Give it a name that you know it by.' : action.ruleOf('name');

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (publicKeyRule(publicKey) || name.trim() === '') return focusBroken(event.currentTarget);
    const body = { name: name.normalize('NFC').trim(), publicKey: publicKey.trim() };
    if (!(await action.run(() => call('POST', path, body)))) return;
    onDone();
    onClose();
  };

  return (
    <Dialog title="Add an SSH key" testId="add-key-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <PublicKeyField
          value={publicKey}
          rule={keyRule}
          onText={(text) => {
            setPublicKey(text);
            action.clear();
          }}
        />
        <Field label="Name" value={name} rule={nameRule} hint="For instance the machine that it is on." testId="key-name" onText={setTyped} />
        {action.problem && !keyRule && !nameRule && <ProblemNote problem={action.problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy} data-testid="save-key">
            {action.busy ? 'Adding…' : 'Add the key'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
