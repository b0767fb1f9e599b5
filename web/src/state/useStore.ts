// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, useSyncExternalStore } from 'react';
import { store, type Idle, type State } from './store';

export function useStore(): State {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Whole seconds until the workspace locks itself, counted down here between the sandbox's own words. */
export function useSecondsLeft(idle: Idle | undefined): number | null {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!idle) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [idle]);
  return idle ? Math.max(0, Math.ceil((idle.deadline - now) / 1000)) : null;
}
