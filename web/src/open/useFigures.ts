// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { asProblem, call } from '../api/http';
import type { SessionFigures } from '../api/identity';
import { store } from '../state/store';
import { whileVisible } from './whileVisible';

export type Figures = ReadonlyMap<string, SessionFigures>;

const NONE: Figures = new Map();

/** How open sessions are doing, by id; looked at only while there are some and somebody sees the page. */
export function useFigures(wanted: boolean): Figures {
  const [figures, setFigures] = useState(NONE);
  useEffect(() => {
    if (!wanted) return;
    let shown = true;
    const look = async (): Promise<void> => {
      try {
        const all = await call<SessionFigures[]>('GET', '/api/session-figures');
        if (shown) setFigures(new Map(all.map((one) => [one.id, one])));
      } catch (error) {
        // The list says itself when the server does not answer; old numbers would pass for new ones.
        if (asProblem(error).status === 401) store.signedOut();
        else if (shown) setFigures(NONE);
      }
    };
    const stop = whileVisible(look, document);
    return () => {
      shown = false;
      stop();
    };
  }, [wanted]);
  return figures;
}
