// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

/** Quiet at first; a word after a moment, and later what it waits for. */
export function useLoadingWords(): string {
  const [words, setWords] = useState('');
  useEffect(() => {
    const soon = setTimeout(() => setWords('Loading…'), 400);
    const late = setTimeout(() => setWords('Still waiting for the server to answer…'), 3_000);
    return () => {
      clearTimeout(soon);
      clearTimeout(late);
    };
  }, []);
  return words;
}

/** A whole page that is on its way. */
export function LoadingWords() {
  const words = useLoadingWords();
  return (
    <div className="filling soft" aria-busy="true">
      <h1 className="sr-only">Loading</h1>
      <p role="status">{words}</p>
    </div>
  );
}
