// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly page: 'home' | 'sign-in' | 'signed-out' | 'unknown' }
  | { readonly page: 'workspace'; readonly id: string };

export function routeOf(path: string): Route {
  if (path === '/') return { page: 'home' };
  if (path === '/sign-in') return { page: 'sign-in' };
  if (path === '/signed-out') return { page: 'signed-out' };
  const id = /^\/w\/([A-Za-z0-9_-]{1,64})$/.exec(path)?.[1];
  return id ? { page: 'workspace', id } : { page: 'unknown' };
}

const CHANGED = 'coffer:navigated';

export function navigate(path: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(CHANGED, listener);
  };
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.pathname));
}
