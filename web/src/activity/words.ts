// SPDX-License-Identifier: Apache-2.0
import type { SignInLine, SignInMethod } from '../api/identity';

const METHODS: Readonly<Record<SignInMethod, string>> = {
  link: 'One-time link', 'ssh-key': 'SSH key', passkey: 'Passkey', oidc: 'Provider', github: 'GitHub',
};

/** What was tried that is no sign-in by itself. */
const OTHERS: Readonly<Record<string, string>> = { provider: 'Provider', invitation: 'Invitation', 'api-key': 'API key' };

export function methodName(method: string): string {
  if (Object.hasOwn(OTHERS, method)) return OTHERS[method] ?? method;
  return Object.hasOwn(METHODS, method) ? METHODS[method as SignInMethod] : method || 'Unknown way';
}

const OUTCOMES: Readonly<Record<string, string>> = { 'signed-in': 'Signed in', refused: 'Refused', ended: 'Signed out' };

export function outcomeName(what: string): string {
  return Object.hasOwn(OUTCOMES, what) ? (OUTCOMES[what] ?? what) : what;
}

const REASONS: Readonly<Record<string, string>> = {
  'signed-out': 'by themselves', 'ended-elsewhere': 'from another browser', 'ended-by-admin': 'by an owner or admin', 'key-revoked': 'its key was revoked',
  'role-changed': 'the role was changed', 'account-disabled': 'the account was disabled',
  'provider-signed-out': 'at the provider', 'refresh-token-reused': 'its token was shown twice', 'emergency-stop': 'everybody was, in an emergency',
  'too-many-sign-ins': 'newer sign-ins needed the room',
  'key-unknown': 'with a key that is not theirs', 'invitation-spent': 'an invitation was shown again', 'link-spent': 'a link was used again',
  'key-expired': 'its key had expired', 'not-admitted': 'the provider does not admit them here any more',
  'signature-other-namespace': 'what was signed was for something else', 'signature-key-not-taken': 'keys of its kind are not taken',
  'challenge-spent': 'what was to be signed had run out',
};

/** Why a line is there; words that this page does not know are shown as they are. */
export function reasonName(line: SignInLine): string {
  return Object.hasOwn(REASONS, line.reason) ? (REASONS[line.reason] ?? line.reason) : line.reason.replace(/-/g, ' ');
}

/** "from 192.0.2.7", or nothing where the server knows no address. */
export function from(browser: string, address: string): string {
  const who = browser || 'An unknown browser';
  return address ? `${who} from ${address}` : who;
}
