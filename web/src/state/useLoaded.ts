// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from 'react';
import { asProblem, call, type Problem } from '../api/http';
import { store } from './store';

export interface Loaded<T> {
  /** Null until the first answer; kept while a later one is on its way. */
  readonly data: T | null;
  readonly problem: Problem | null;
  readonly reload: () => void;
}

/** One list of the server, for the pages that show it and nothing else does. */
export function useLoaded<T>(path: string): Loaded<T> {
  const [answer, setAnswer] = useState<{ path: string; data: T | null; problem: Problem | null }>({ path, data: null, problem: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    call<T>('GET', path).then(
      (data) => wanted && setAnswer({ path, data, problem: null }),
      (error: unknown) => {
        const problem = asProblem(error);
        if (problem.status === 401) return store.signedOut();
        if (wanted) setAnswer((before) => ({ path, data: before.path === path ? before.data : null, problem }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [path, turn]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  const mine = answer.path === path;
  return { data: mine ? answer.data : null, problem: mine ? answer.problem : null, reload };
}
