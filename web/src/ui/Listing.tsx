// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import type { Loaded } from '../state/useLoaded';
import { useLoadingWords } from './LoadingWords';
import { ProblemNote } from './ProblemNote';

interface Props<T> {
  loaded: Loaded<readonly T[]>;
  /** One sentence for when there is nothing yet. */
  empty: ReactNode;
  testId: string;
  children: (one: T) => ReactNode;
}

/** A list of the server's: waiting with a word, failed with a way out, empty with a sentence. */
export function Listing<T>({ loaded, empty, testId, children }: Props<T>) {
  const { data, problem, reload } = loaded;
  if (problem) return <ProblemNote problem={problem} onRetry={reload} />;
  if (!data) return <Waiting />;
  if (data.length === 0) return <p className="list-empty soft">{empty}</p>;
  return (
    <ul className="list" data-testid={testId}>
      {data.map(children)}
    </ul>
  );
}

function Waiting() {
  const words = useLoadingWords();
  return (
    <p className="list-empty soft" role="status" aria-busy="true">
      {words}
    </p>
  );
}
