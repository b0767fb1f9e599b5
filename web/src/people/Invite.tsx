// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { NewInvitation, Role } from '../api/identity';
import { useAction } from '../state/useAction';
import { CopyBox } from '../ui/CopyBox';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { ends } from '../ui/times';
import { personNameRule } from './personName';
import { RoleChoice } from './RoleChoice';

interface Props {
  path: string;
  onMade: () => void;
  onClose: () => void;
}

/** Asks for role and name, then shows the link, once. */
export function Invite({ path, onMade, onClose }: Props) {
  const [made, setMade] = useState<NewInvitation | null>(null);
  return (
    <Dialog title={made ? 'The invitation is ready' : 'Invite somebody'} testId="invite-dialog" onClose={onClose}>
      {made ? (
        <Made invitation={made} onClose={onClose} />
      ) : (
        <Ask
          path={path}
          onClose={onClose}
          onMade={(invitation) => {
            setMade(invitation);
            onMade();
          }}
        />
      )}
    </Dialog>
  );
}

function Ask({ path, onMade, onClose }: { path: string; onMade: (invitation: NewInvitation) => void; onClose: () => void }) {
  const [role, setRole] = useState<Role>('member');
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const ofName = name.trim() === '' ? null : personNameRule(name);
  const nameRule = (checked ? ofName : null) ?? action.ruleOf('name');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (ofName) return focusBroken(event.currentTarget);
    const body = { role, ...(name.trim() === '' ? {} : { name: name.trim() }) };
    await action.run(async () => onMade(await call<NewInvitation>('POST', path, body)));
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <RoleChoice value={role} onChoose={setRole} />
      <Field label="Name, if you want to choose it" value={name} rule={nameRule} hint="Else they choose it themselves." testId="invite-name" onText={setName} />
      {action.problem && !nameRule && <ProblemNote problem={action.problem} />}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={action.busy} data-testid="make-invitation">
          {action.busy ? 'One moment…' : 'Make the link'}
        </button>
      </footer>
    </form>
  );
}

function Made({ invitation, onClose }: { invitation: NewInvitation; onClose: () => void }) {
  return (
    <div className="dialog-text">
      <p>Give it to them in a way that nobody else reads. It works once, {ends(invitation.expiresAt)}, and is not shown again.</p>
      <CopyBox text={invitation.link} what="Invitation link" testId="invitation-link" />
      <footer className="dialog-foot">
        <button type="button" className="button primary" onClick={onClose} data-testid="done">
          Done
        </button>
      </footer>
    </div>
  );
}
