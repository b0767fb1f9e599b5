// SPDX-License-Identifier: Apache-2.0
import { useEffect, useReducer, useSyncExternalStore } from 'react';
import { store, type Idle, type State } from './store';

export function useStore(): State {
  return useSyncExternalStore(store.subscribe, store.get);
}

/**
 * Whole seconds until the workspace locks itself, counted down here between the sandbox's own words.
 * Only the clock's tick is state: setting any on each of those words would nest update in update.
 */
export function useSecondsLeft(idle: Idle | undefined): number | null {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  const counting = idle !== undefined;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [counting]);
  return idle ? Math.max(0, Math.ceil((idle.deadline - performance.now()) / 1000)) : null;
}
