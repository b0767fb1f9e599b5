// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { store } from '../state/store';
import { useStore } from '../state/useStore';
import { Mark } from '../ui/icons';
import { ProblemNote } from '../ui/ProblemNote';
import { unreachable } from '../api/http';

/** Quiet at first; after a moment a word, and later what it waits for. */
export function LoadingPage() {
  const [text, setText] = useState('');
  useEffect(() => {
    const word = setTimeout(() => setText('Loading your workspaces…'), 400);
    const reason = setTimeout(() => setText('Still waiting for the server to answer…'), 3_000);
    return () => {
      clearTimeout(word);
      clearTimeout(reason);
    };
  }, []);
  return (
    <main className="lone" aria-busy="true">
      <h1 className="brand">
        <Mark size={30} /> Cofferdam
      </h1>
      <p role="status">{text}</p>
    </main>
  );
}

export function DownPage() {
  const { problem } = useStore();
  return (
    <main className="lone" data-testid="down">
      <h1 className="brand">
        <Mark size={30} /> Cofferdam
      </h1>
      <ProblemNote problem={problem ?? unreachable()} onRetry={() => void store.start()} />
      <p className="faint">This page tries again by itself every few seconds.</p>
    </main>
  );
}
