// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { asProblem, type Problem } from '../api/http';
import { store } from './store';

export interface Action {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Runs it and says whether it worked; a second one meanwhile is ignored. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
  /** What the server found wrong with one field of it. */
  readonly ruleOf: (field: string) => string | null;
}

/** One thing that somebody asked for: under way, done, or failed with words. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      const failed = asProblem(error);
      if (failed.slug === 'signed-out') store.signedOut();
      setProblem(failed);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const ruleOf = (field: string) => problem?.errors.find((one) => one.field === field)?.rule ?? null;
  return { busy, problem, run, clear: () => setProblem(null), ruleOf };
}
