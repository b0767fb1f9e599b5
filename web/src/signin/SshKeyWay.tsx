// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { SshChallenge } from '../api/identity';
import { signatureIn } from '../credentials/publicKey';
import { asked as given, PASTE_ALL, Signature, useCountdown, type Asked } from '../credentials/Signature';
import { useAction } from '../state/useAction';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { entered } from './entered';
import { Refusal } from './Refusal';

const CHALLENGE_SECONDS = 60;

/** A command to run where the key is, and its answer pasted back, within a minute. */
export function SshKeyWay({ onBack, name = '' }: { onBack: () => void; name?: string }) {
  const [who, setWho] = useState(name);
  const [rule, setRule] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const action = useAction();

  const ask = () =>
    action.run(async () => {
      const challenge = await call<SshChallenge>('POST', '/api/sign-in/ssh-key/challenges', subject(who));
      setAsked(given(challenge, CHALLENGE_SECONDS));
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (who.trim() !== '') return void ask();
    setRule('Give your name here, or the fingerprint of your key.');
    focusBroken(event.currentTarget);
  };
  // A challenge is spent by one try, so a refused answer leads back to asking for another.
  const answer = async (signature: string) => {
    const challengeId = asked?.challenge.id;
    if (await action.run(() => call('POST', '/api/sign-in/ssh-key', { challengeId, signature }))) return entered();
    setAsked(null);
  };

  return (
    <div className="ways" data-testid="ssh-key">
      {action.problem && <Refusal problem={action.problem} />}
      {asked ? (
        <Answer key={asked.challenge.id} asked={asked} busy={action.busy} onAgain={() => void ask()} onAnswer={(signature) => void answer(signature)} />
      ) : (
        <form className="lone-form" onSubmit={submit} noValidate>
          <Field
            label="Your name, or the fingerprint of your key"
            value={who}
            autoFocus
            rule={rule}
            hint="As it is known here, or as ssh-add -l prints it: SHA256:…"
            testId="ssh-who"
            autoComplete="username"
            onText={(text) => {
              setWho(text);
              setRule(null);
            }}
          />
          <button type="submit" className="button primary way" disabled={action.busy} data-testid="ssh-ask">
            {action.busy ? 'One moment…' : 'Show the command'}
          </button>
        </form>
      )}
      <button type="button" className="button quiet way" onClick={onBack} data-testid="other-ways">
        Other ways to sign in
      </button>
    </div>
  );
}

function subject(who: string): { fingerprint: string } | { name: string } {
  const value = who.trim();
  return value.startsWith('SHA256:') ? { fingerprint: value } : { name: value };
}

interface AnswerProps {
  asked: Asked;
  busy: boolean;
  onAgain: () => void;
  onAnswer: (signature: string) => void;
}

function Answer({ asked, busy, onAgain, onAnswer }: AnswerProps) {
  const [text, setText] = useState('');
  const [rule, setRule] = useState<string | null>(null);
  const left = useCountdown(asked.deadline);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const signature = signatureIn(text);
    if (signature) return onAnswer(signature);
    setRule(PASTE_ALL);
    focusBroken(event.currentTarget);
  };
  return (
    <form className="lone-form" onSubmit={submit} noValidate data-testid="ssh-answer" data-expired={left === 0}>
      <Signature
        asked={asked}
        goodFor="one try"
        left={left}
        busy={busy}
        text={text}
        rule={rule}
        onAgain={onAgain}
        onText={(pasted) => {
          setText(pasted);
          setRule(null);
        }}
      />
      <button type="submit" className="button primary way" disabled={busy || left === 0} data-testid="ssh-sign-in">
        {busy ? 'Signing you in…' : 'Sign in'}
      </button>
    </form>
  );
}
