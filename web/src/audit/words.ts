// SPDX-License-Identifier: Apache-2.0
/** Every kind of entry that this page has words for; others are shown as they are. */
export const KINDS: Readonly<Record<string, string>> = {
  'session-opening': 'Key released', 'session-opened': 'Workspace unlocked', 'session-warned': 'Warned of the idle lock', 'session-resumed': 'Idle lock put off', 'session-entered': 'Terminals used by another sign-in',
  'session-locking': 'Lock asked for', 'session-locked': 'Workspace locked', 'workspace-created': 'Workspace created',
  'workspace-deleted': 'Workspace deleted', 'key-granted': 'Key granted', 'signed-in': 'Signed in', 'sign-in-ended': 'Signed out', refused: 'Refused',
  'account-changed': 'Account changed', 'credential-changed': 'Key or invitation changed', 'emergency-stop-changed': 'Emergency stop',
  'audit-exported': 'Audit exported', 'maintenance-changed': 'Maintenance', 'others-seen': 'Looked at what is others’', 'alert-raised': 'Alert', 'alert-closed': 'Alert dealt with',
};

export function kindName(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : spaced(kind);
}

/** A kind's name, or what happened where one word says it better than kind and detail. */
export function headline(entry: { readonly kind: string; readonly detail: string }): string {
  if (entry.kind === 'refused' && NOT_DONE.has(entry.detail)) return thing(entry.detail);
  if (entry.kind === 'emergency-stop-changed' && entry.detail === 'lifted') return 'Emergency stop lifted';
  return kindName(entry.kind);
}

/** Refused to the server itself: what stands in the ledger is what is the case now. */
const NOT_DONE = new Set(['vault-seal']);

const REASONS: Readonly<Record<string, string>> = {
  'sealing-asked-for': 'Vault is to be sealed as well', user: 'by a person', 'vault-refused': 'Vault refused or did not answer',
};

/** Why, in words. */
export function reasonWords(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? reason) : spaced(reason);
}

/** What was refused, where it was not something that a person may or may not do. */
export const REFUSED_THINGS: Readonly<Record<string, string>> = {
  'access-token-refused': 'access token', 'api-key-refused': 'API key', 'cookie-refused': 'browser sign-in', event: 'event that no part may have told',
  'invitation-refused': 'invitation', 'key-refused': 'key of a workspace', 'lease-refused': 'lease of a workspace', 'link-refused': 'sign-in link', 'logout-refused': 'sign-out by a provider',
  'passkey-not-registered': 'new passkey', 'passkey-refused': 'passkey', 'provider-refused': 'sign-in by a provider', 'refresh-refused': 'refresh token',
  'request-refused': 'request from another site', 'route-refused': 'route that is not for who asked', 'sign-in-refused': 'sign-in', 'socket-refused': 'socket of a terminal',
  'ssh-key-not-registered': 'new SSH key', 'ssh-key-refused': 'SSH key', 'ticket-refused': 'order to a sandbox', 'vault-seal': 'Vault was not sealed',
};

const SEVERAL = /^(.*)(, \d{1,9} times)$/s;
const ACTION = /^([a-z-]+)\.([a-z]+)$/;

/** What an entry of this kind says beside its headline, in words where it is one of our own. */
export function detailWords(kind: string, detail: string): string {
  if (kind === 'emergency-stop-changed') return detail === 'stopped' ? 'all workspaces locked, everybody signed out' : '';
  if (kind === 'refused' && NOT_DONE.has(detail)) return '';
  if (kind !== 'refused' && kind !== 'others-seen') {
    return signInOf(detail) || whoseOf(detail) ? '' : detail;
  }
  const [, what = detail, times = ''] = SEVERAL.exec(detail) ?? [];
  return (kind === 'others-seen' ? seen(what) : thing(what)) + times;
}

/** What somebody was shown: one of a kind, or all. */
function seen(what: string): string {
  const [, noun, verb] = ACTION.exec(what) ?? [];
  if (!noun || !verb) return spaced(what);
  const one = names(noun.replace(/^person-/, ''));
  return verb === 'list' && !/s$|^people$/.test(one) ? `${one}s` : one;
}

function names(noun: string): string {
  return spaced(noun).replace(/\b(api|ssh)\b/g, (word) => word.toUpperCase());
}

function thing(what: string): string {
  if (Object.hasOwn(REFUSED_THINGS, what)) {
    return REFUSED_THINGS[what] ?? what;
  }
  const [, noun, verb] = ACTION.exec(what) ?? [];
  return noun && verb ? `${verb} ${names(noun)}` : spaced(what);
}

export function spaced(word: string): string {
  return word.replace(/-/g, ' ');
}

const SIGN_IN = /^(?:.*, )?sign-in ([0-9a-f-]{36})$/;
const WHOSE = /^of ([0-9a-f-]{36})(?:, key (.*?))?(?:, sign-in [0-9a-f-]{36})?$/;

/** The sign-in that a workspace was opened with, where an entry names it. */
export function signInOf(detail: string): string {
  return SIGN_IN.exec(detail)?.[1] ?? '';
}

/** Whose sign-in or session it was, where nobody, or somebody else, ended it. */
export function whoseOf(detail: string): string {
  return WHOSE.exec(detail)?.[1] ?? '';
}

/** The key that a session was opened with which ended by itself. */
export function keyOf(detail: string): string {
  return WHOSE.exec(detail)?.[2] ?? '';
}
