// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

export interface Arrival {
  /** The part after the # with which somebody came to the door; empty if they came with nothing. */
  readonly token: string;
  /** Another one for each arrival: the same page may be opened with a second link. */
  readonly count: number;
}

const DOORS = new Set(['/sign-in', '/invitation']);
const listeners = new Set<() => void>();
let arrival: Arrival = { token: '', count: 0 };

/** Reads the token once and takes it out of the address, so that it stays in no history. */
function arrive(): void {
  const token = location.hash.slice(1);
  if (!token || !DOORS.has(location.pathname)) return;
  history.replaceState(null, '', location.pathname);
  set(token);
}

function set(token: string): void {
  arrival = { token, count: arrival.count + 1 };
  for (const listener of listeners) listener();
}

/** It has done what it was for, and is kept nowhere. */
export function forgetArrival(): void {
  if (arrival.token) set('');
}

/** Called before the first render: rendering may happen twice, an arrival does not. */
export function watchArrivals(): void {
  arrive();
  addEventListener('hashchange', arrive);
}

export function useArrival(): Arrival {
  return useSyncExternalStore(subscribe, () => arrival);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
