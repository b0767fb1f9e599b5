// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { Joined } from '../api/identity';
import { publicKeyRule } from '../credentials/publicKey';
import { PublicKeyField } from '../credentials/PublicKeyField';
import { forgetArrival, useArrival } from '../state/arrival';
import { personNameRule } from '../people/personName';
import { navigate } from '../state/route';
import { useAction } from '../state/useAction';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { Link } from '../ui/Link';
import { Lone } from './Lone';
import { Refusal } from './Refusal';
import { SshKeyWay } from './SshKeyWay';

/** Somebody was invited: they say what they are called and which key is theirs, and then sign in with it. */
export default function InvitationPage() {
  const { token } = useArrival();
  const [joined, setJoined] = useState<string | null>(null);
  if (joined !== null) {
    return (
      <Lone testId="invitation-done">
        <h2>Your key is registered</h2>
        <p>From now on you sign in with it. The first time is now:</p>
        <SshKeyWay name={joined} onBack={() => navigate('/sign-in')} />
      </Lone>
    );
  }
  if (!token) {
    return (
      <Lone testId="invitation-missing">
        <h2>An invitation is missing</h2>
        <p>Open the link that you were sent again, the whole of it: the invitation is the part after the #.</p>
        <Link to="/sign-in" className="button">
          Sign in instead
        </Link>
      </Lone>
    );
  }
  return (
    <Lone testId="invitation">
      <h2>You are invited</h2>
      <Join
        token={token}
        onJoined={(name) => {
          setJoined(name);
          forgetArrival();
        }}
      />
    </Lone>
  );
}

function Join({ token, onJoined }: { token: string; onJoined: (name: string) => void }) {
  const [name, setName] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const ofName = name.trim() === '' ? null : personNameRule(name);
  const nameRule = (checked ? ofName : null) ?? action.ruleOf('name');
  const keyRule = (checked ? publicKeyRule(publicKey) : null) ?? action.ruleOf('publicKey');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (ofName || publicKeyRule(publicKey)) return focusBroken(event.currentTarget);
    const body = { token, publicKey: publicKey.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) };
    await action.run(async () => onJoined((await call<Joined>('POST', '/api/sign-in/invitation', body)).user.name));
  };
  return (
    <form className="lone-form" onSubmit={(event) => void submit(event)} noValidate>
      <p>Say what you are called, and paste the public half of your SSH key. The private half stays with you.</p>
      {action.problem && !nameRule && !keyRule && <Refusal problem={action.problem} />}
      <Field label="Your name here" value={name} rule={nameRule} autoFocus autoComplete="username" hint="Leave it empty if whoever invited you has chosen it." testId="join-name" onText={setName} />
      <PublicKeyField
        value={publicKey}
        rule={keyRule}
        onText={setPublicKey}
      />
      <button type="submit" className="button primary way" disabled={action.busy} data-testid="join">
        {action.busy ? 'One moment…' : 'Accept the invitation'}
      </button>
    </form>
  );
}
