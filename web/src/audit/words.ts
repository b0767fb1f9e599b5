// SPDX-License-Identifier: Apache-2.0
/** Every kind of entry that this page has words for; others are shown as they are. */
export const KINDS: Readonly<Record<string, string>> = {
  'session-opening': 'Key released', 'session-opened': 'Workspace unlocked', 'session-warned': 'Warned of the idle lock', 'session-resumed': 'Idle lock put off',
  'session-locking': 'Lock asked for', 'session-locked': 'Workspace locked', 'workspace-created': 'Workspace created',
  'workspace-deleted': 'Workspace deleted', 'signed-in': 'Signed in', 'sign-in-ended': 'Signed out', refused: 'Refused',
  'account-changed': 'Account changed', 'credential-changed': 'Key or invitation changed', 'emergency-stop-changed': 'Emergency stop',
  'audit-exported': 'Audit exported', 'maintenance-changed': 'Maintenance', 'others-seen': 'Looked at others', 'alert-raised': 'Alert', 'alert-closed': 'Alert dealt with',
};

export function kindName(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : spaced(kind);
}

export function spaced(word: string): string {
  return word.replace(/-/g, ' ');
}

const SIGN_IN = /^sign-in ([0-9a-f-]{36})$/;

/** The sign-in that a workspace was opened with, where an entry says nothing more than that. */
export function signInOf(detail: string): string {
  return SIGN_IN.exec(detail)?.[1] ?? '';
}
