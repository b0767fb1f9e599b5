// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/identity';
import { audits, governs, works } from '../state/roles';
import type { Route } from '../state/route';
import type { PageTab } from './PageTabs';

export interface PlacePage {
  readonly to: string;
  /** As a command is called; `tab` is shorter, beside its siblings. */
  readonly text: string;
  readonly tab: string;
  readonly also: string;
  readonly keys?: readonly string[];
}

export interface Place {
  readonly page: Route['page'];
  readonly text: string;
  readonly pages: readonly PlacePage[];
}

const PEOPLE: Place = {
  page: 'people',
  text: 'People',
  pages: [
    { to: '/people', text: 'People', tab: 'People', also: 'users accounts roles quotas admin', keys: ['g', 'p'] },
    { to: '/people/open', text: 'Open workspaces of everybody', tab: 'Open now', also: 'sessions lock end admin' },
    { to: '/people/invitations', text: 'Invitations', tab: 'Invitations', also: 'invite people link' },
    { to: '/people/service-accounts', text: 'Service accounts', tab: 'Service accounts', also: 'programs api keys robots' },
    { to: '/people/providers', text: 'Sign-in providers', tab: 'Providers', also: 'oidc github keycloak' },
  ],
};

const ACTIVITY: Place = {
  page: 'activity',
  text: 'Activity',
  pages: [
    { to: '/activity', text: 'Where you are signed in', tab: 'Where you are signed in', also: 'activity devices browsers', keys: ['g', 'a'] },
    { to: '/activity/sign-ins', text: 'Sign-in history', tab: 'Sign-in history', also: 'activity failures' },
  ],
};

function settings(role: Role | undefined): Place {
  const keys: PlacePage = { to: '/settings', text: 'Keys and passkeys', tab: 'Keys', also: 'settings ssh you', keys: ['g', 's'] };
  const apiKeys: PlacePage = { to: '/settings/api-keys', text: 'API keys', tab: 'API keys', also: 'settings programs tokens service accounts' };
  return { page: 'settings', text: 'Settings', pages: works(role) ? [keys, apiKeys] : [keys] };
}

const REFERENCE: Place = {
  page: 'reference',
  text: 'API reference',
  pages: [{ to: '/reference', text: 'API reference', tab: 'API reference', also: 'documentation openapi routes programs' }],
};

const AUDIT: Place = {
  page: 'audit',
  text: 'Audit',
  pages: [
    { to: '/audit', text: 'Audit', tab: 'Who did what', also: 'ledger log who did what export verify', keys: ['g', 'l'] },
    { to: '/audit/alerts', text: 'Alerts', tab: 'Alerts', also: 'audit security warnings rules webhook' },
  ],
};

/** The places below the workspaces. Whoever may not enter one is not shown it, and finds nothing there. */
export function placesOf(role: Role | undefined): readonly Place[] {
  const own = [ACTIVITY, settings(role), REFERENCE];
  return [...(governs(role) ? [PEOPLE] : []), ...(audits(role) ? [AUDIT] : []), ...own];
}

export function tabsOf(page: Route['page'], role: Role | undefined): readonly PageTab[] {
  const place = placesOf(role).find((one) => one.page === page);
  return (place?.pages ?? []).map((one) => ({ to: one.to, text: one.tab }));
}
