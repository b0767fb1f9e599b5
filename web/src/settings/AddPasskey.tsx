// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { addPasskey } from '../credentials/passkeys';
import { useAction } from '../state/useAction';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';

export function AddPasskey({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const rule = checked && name.trim() === '' ? 'Give it a name that you know it by.' : action.ruleOf('name');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === '') return focusBroken(event.currentTarget);
    if (!(await action.run(() => addPasskey(name.normalize('NFC').trim())))) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title="Add a passkey" testId="add-passkey-dialog" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="soft">The browser asks next where to keep it: this device, a phone or a security key.</p>
        <Field label="Name" value={name} data-focus rule={rule} hint="For instance the device that it is on." testId="passkey-name" onText={setName} />
        {action.problem && !rule && <ProblemNote problem={action.problem} />}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy} data-testid="save-passkey">
            {action.busy ? 'Waiting for the browser…' : 'Go on'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
