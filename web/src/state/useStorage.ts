// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { asProblem, call } from '../api/http';
import { whileVisible } from '../open/whileVisible';
import type { Storage } from './storage';
import { store } from './store';

/** Looked at again and again while somebody sees the page; null while nobody can tell. */
export function useStorage(): Storage | null {
  const [storage, setStorage] = useState<Storage | null>(null);
  useEffect(() => {
    let shown = true;
    const look = async (): Promise<void> => {
      try {
        const now = await call<Storage>('GET', '/api/storage');
        if (shown) setStorage(now);
      } catch (error) {
        if (asProblem(error).status === 401) store.signedOut();
        else if (shown) setStorage(null);
      }
    };
    const stop = whileVisible(look, document);
    return () => {
      shown = false;
      stop();
    };
  }, []);
  return storage;
}
