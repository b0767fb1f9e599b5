// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { asProblem, call, type Problem } from '../api/http';
import type { SshChallenge } from '../api/identity';
import { store } from '../state/store';
import { signatureIn } from './publicKey';
import { asked, PASTE_ALL, useCountdown, type Asked } from './Signature';

const CHALLENGE_SECONDS = 300;

/** What proves a key that is being added: the challenge of the moment, and what was pasted. */
export interface KeyProof {
  /** Null until the server has given one. */
  readonly asked: Asked | null;
  /** Why there is none. */
  readonly problem: Problem | null;
  readonly left: number;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly again: () => void;
  /** What is wrong with what was pasted, or null. */
  readonly rule: string | null;
  readonly body: () => { challengeId: string; signature: string } | null;
}

/** Asks for a challenge at once, as there is nothing to do without one. */
export function useKeyProof(path: string, token?: string): KeyProof {
  const [given, setGiven] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    call<SshChallenge>('POST', path, token === undefined ? {} : { token }).then(
      (challenge) => {
        if (!wanted) return;
        setGiven(asked(challenge, CHALLENGE_SECONDS));
        setProblem(null);
        setText('');
      },
      (error: unknown) => {
        const failed = asProblem(error);
        if (failed.slug === 'signed-out') store.signedOut();
        if (wanted) setProblem(failed);
      },
    );
    return () => {
      wanted = false;
    };
  }, [path, token, turn]);
  const left = useCountdown(given?.deadline ?? 0);
  const signature = signatureIn(text);
  return {
    asked: given,
    problem,
    left,
    text,
    onText: setText,
    again: () => setTurn((now) => now + 1),
    rule: signature ? null : PASTE_ALL,
    body: () => (given && signature ? { challengeId: given.challenge.id, signature } : null),
  };
}
