// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

export type SettingsTab = 'keys' | 'api-keys';
export type ActivityTab = 'devices' | 'sign-ins';
export type AuditTab = 'ledger' | 'alerts';
export type PeopleTab = 'people' | 'open' | 'invitations' | 'service-accounts' | 'providers';

export type Route =
  | { readonly page: 'home' | 'sign-in' | 'signed-out' | 'invitation' | 'reference' | 'unknown' }
  | { readonly page: 'audit'; readonly tab: AuditTab }
  | { readonly page: 'workspace' | 'person'; readonly id: string }
  | { readonly page: 'settings'; readonly tab: SettingsTab }
  | { readonly page: 'activity'; readonly tab: ActivityTab }
  | { readonly page: 'people'; readonly tab: PeopleTab };

/** The gateway answers each of these with the page; its list says the same. */
const FIXED: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  '/sign-in': { page: 'sign-in' },
  '/signed-out': { page: 'signed-out' },
  '/invitation': { page: 'invitation' },
  '/reference': { page: 'reference' },
  '/audit': { page: 'audit', tab: 'ledger' },
  '/audit/alerts': { page: 'audit', tab: 'alerts' },
  '/settings': { page: 'settings', tab: 'keys' },
  '/settings/api-keys': { page: 'settings', tab: 'api-keys' },
  '/activity': { page: 'activity', tab: 'devices' },
  '/activity/sign-ins': { page: 'activity', tab: 'sign-ins' },
  '/people': { page: 'people', tab: 'people' },
  '/people/open': { page: 'people', tab: 'open' },
  '/people/invitations': { page: 'people', tab: 'invitations' },
  '/people/service-accounts': { page: 'people', tab: 'service-accounts' },
  '/people/providers': { page: 'people', tab: 'providers' },
};

export function routeOf(path: string): Route {
  const fixed = Object.hasOwn(FIXED, path) ? FIXED[path] : undefined;
  if (fixed) return fixed;
  const [, kind, id] = /^\/(w|people)\/([A-Za-z0-9_-]{1,64})$/.exec(path) ?? [];
  if (!id) return { page: 'unknown' };
  return { page: kind === 'w' ? 'workspace' : 'person', id };
}

/** Different for each page that is a place of its own. */
export function placeOf(route: Route): string {
  if ('id' in route) return `${route.page}/${route.id}`;
  return 'tab' in route ? `${route.page}/${route.tab}` : route.page;
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
