// SPDX-License-Identifier: Apache-2.0
import { useEffect, useId, useReducer } from 'react';
import type { SshChallenge } from '../api/identity';
import { clock } from '../state/vault';
import { CopyBox } from '../ui/CopyBox';
import { Rule } from '../ui/Field';
import { secondsLeft } from '../ui/times';

/** A challenge that was given to this page. */
export interface Asked {
  readonly challenge: SshChallenge;
  /** On performance.now()'s clock. */
  readonly deadline: number;
}

/** With its deadline, which is at most so many seconds away. */
export function asked(challenge: SshChallenge, mostSeconds: number): Asked {
  return { challenge, deadline: performance.now() + secondsLeft(challenge.expiresAt, mostSeconds) * 1000 };
}

export const PASTE_ALL = 'Paste all of it, from BEGIN SSH SIGNATURE to END SSH SIGNATURE.';

interface Props {
  asked: Asked;
  /** What the command is good for: "one try". */
  goodFor: string;
  left: number;
  busy: boolean;
  text: string;
  rule: string | null;
  onAgain: () => void;
  onText: (text: string) => void;
}

/** A command to run where the key is, and what it prints pasted back. */
export function Signature({ asked, goodFor, left, busy, text, rule, onAgain, onText }: Props) {
  const id = useId();
  return (
    <>
      <p>
        <strong>1.</strong> Run this where your key is. Put another path in if your key is elsewhere.
      </p>
      <CopyBox text={asked.challenge.command} what="Command that signs" prompt testId="ssh-command" />
      <div className="countdown">
        {left > 0 ? (
          <p className="tabular" data-testid="ssh-left">
            Good for {goodFor}, for {clock(left)}
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
        onChange={(event) => onText(event.target.value)}
      />
      <Rule id={`${id}-rule`} rule={rule} />
    </>
  );
}

/** Whole seconds left, never below zero. */
export function useCountdown(deadline: number): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
}
