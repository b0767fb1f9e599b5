// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { Joined } from '../api/identity';
import { KeyProofFields } from '../credentials/KeyProofFields';
import { useKeyProof } from '../credentials/useKeyProof';
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
  const proof = useKeyProof('/api/sign-in/invitation/challenges', token);
  const [name, setName] = useState('');
  const [keyName, setKeyName] = useState('');
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const ofName = name.trim() === '' ? null : personNameRule(name);
  const nameRule = (checked ? ofName : null) ?? action.ruleOf('name');
  const proofRule = (checked ? proof.rule : null) ?? action.ruleOf('signature');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    const signed = proof.body();
    if (ofName || !signed) return focusBroken(event.currentTarget);
    const body = { token, ...signed, ...given('name', name), ...given('keyName', keyName.normalize('NFC')) };
    await action.run(async () => onJoined((await call<Joined>('POST', '/api/sign-in/invitation', body)).user.name));
  };
  if (proof.problem) return <Refusal problem={proof.problem} />;
  return (
    <form className="lone-form" onSubmit={(event) => void submit(event)} noValidate>
      <p>Say what you are called, and sign with your SSH key. Its private half stays with you.</p>
      {action.problem && !nameRule && !proofRule && <Refusal problem={action.problem} />}
      <Field label="Your name here" value={name} rule={nameRule} autoFocus autoComplete="username" hint="Leave it empty if whoever invited you has chosen it." testId="join-name" onText={setName} />
      <Field label="Name of the key" value={keyName} rule={action.ruleOf('keyName')} hint="For instance the machine that it is on." testId="key-name" onText={setKeyName} />
      <KeyProofFields proof={proof} busy={action.busy} rule={proofRule} />
      <button type="submit" className="button primary way" disabled={action.busy || !proof.asked || proof.left === 0} data-testid="join">
        {action.busy ? 'One moment…' : 'Accept the invitation'}
      </button>
    </form>
  );
}

/** A field that may be left out. */
function given(field: string, text: string): Record<string, string> {
  return text.trim() === '' ? {} : { [field]: text.trim() };
}
