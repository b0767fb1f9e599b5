// SPDX-License-Identifier: Apache-2.0
import { useEffect, useId, useReducer, useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { SshChallenge } from '../api/identity';
import { signatureIn } from '../credentials/publicKey';
import { useAction } from '../state/useAction';
import { clock } from '../state/vault';
import { CopyBox } from '../ui/CopyBox';
import { Field, Rule } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { secondsLeft } from '../ui/times';
import { entered } from './entered';
import { Refusal } from './Refusal';

const CHALLENGE_SECONDS = 60;

interface Asked {
  readonly challenge: SshChallenge;
  /** On performance.now()'s clock. */
  readonly deadline: number;
}

/** A command to run where the key is, and its answer pasted back, within a minute. */
export function SshKeyWay({ onBack, name = '' }: { onBack: () => void; name?: string }) {
  const [who, setWho] = useState(name);
  const [rule, setRule] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const action = useAction();

  const ask = () =>
    action.run(async () => {
      const challenge = await call<SshChallenge>('POST', '/api/sign-in/ssh-key/challenges', subject(who));
      setAsked({ challenge, deadline: performance.now() + secondsLeft(challenge.expiresAt, CHALLENGE_SECONDS) * 1000 });
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
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const signature = signatureIn(text);
    if (signature) return onAnswer(signature);
    setRule('Paste all of it, from BEGIN SSH SIGNATURE to END SSH SIGNATURE.');
    focusBroken(event.currentTarget);
  };
  return (
    <form className="lone-form" onSubmit={submit} noValidate data-testid="ssh-answer" data-expired={left === 0}>
      <p>
        <strong>1.</strong> Run this where your key is. Put another path in if your key is elsewhere.
      </p>
      <CopyBox text={asked.challenge.command} what="Command that signs" prompt testId="ssh-command" />
      <div className="countdown">
        {left > 0 ? (
          <p className="tabular" data-testid="ssh-left">
            Good for one try, for {clock(left)}
          </p>
        ) : (
          <p role="status" className="rule-broken">
            This command has run out.
          </p>
        )}
        <button type="button" className={left > 0 ? 'button quiet' : 'button primary'} disabled={busy} onClick={onAgain} data-testid="ssh-again">
          Fresh command
        </button>
      </div>
      <label htmlFor={id}>
        <strong>2.</strong> Paste what it prints
      </label>
      <textarea
        id={id}
        value={text}
        rows={6}
        className="mono"
        spellCheck={false}
        autoComplete="off"
        placeholder="-----BEGIN SSH SIGNATURE-----"
        aria-invalid={rule !== null}
        aria-describedby={`${id}-rule`}
        data-testid="ssh-signature"
        onChange={(event) => {
          setText(event.target.value);
          setRule(null);
        }}
      />
      <Rule id={`${id}-rule`} rule={rule} />
      <button type="submit" className="button primary way" disabled={busy || left === 0} data-testid="ssh-sign-in">
        {busy ? 'Signing you in…' : 'Sign in'}
      </button>
    </form>
  );
}

/** Whole seconds left, never below zero. */
function useCountdown(deadline: number): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
}
