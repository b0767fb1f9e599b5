// SPDX-License-Identifier: Apache-2.0

/** What a rule has found, once or several times; what nobody knew is an empty text. */
export interface Alert {
  readonly id: string;
  readonly number: number;
  readonly rule: string;
  readonly severity: 'warning' | 'critical';
  readonly title: string;
  readonly about: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly entry: number | null;
  readonly actor: string;
  readonly credential: string;
  readonly address: string;
  readonly workspace: string;
  readonly subject: string;
  readonly detail: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly webhook: 'none' | 'waiting' | 'delivered' | 'given-up';
}

export interface AlertPage {
  readonly alerts: readonly Alert[];
  readonly open: number;
  readonly next: number | null;
}

/** What to do about it, in a sentence; a rule that this page does not know has none. */
const ADVICE: Readonly<Record<string, string>> = {
  'many-refusals': 'Somebody guesses, or a program has an old key. Look from where, and revoke what should not be tried any more.',
  'new-network': 'Ask whose key it is whether that was they. If not, revoke the key: what it opened locks at once.',
  'token-used-twice': 'The key went to nobody: the workspace did not open. Find out who reads what passes between the parts of this server.',
  'key-refused': 'The workspace did not open. If it happens again with this workspace, look at its files before anybody unlocks it.',
  'key-not-asked-for': 'Stop the server in an emergency if you know no reason: who holds that token reads the workspace. Find out who could speak to workspace-service as session-service does.',
  'key-unused': 'A service that ended in that moment explains it. If none did, find out where the token went: it was good for half a minute.',
  'refresh-token-reused': 'Both copies are dead and that sign-in is over. Whoever it belongs to should look at where the program keeps it.',
  'lease-refused': 'The workspace locks itself when its lease runs out. Look at the clock of this machine, and at who may reach its sockets.',
  'event-gap': 'Look at the entries around it: what is missing was lost or kept back on its way.',
  'event-refused': 'It is kept among the dead letters and changed nothing. Find out who could write to the broker.',
  'impossible-time': 'Look at the clocks of this machine. A clock that is ahead makes sandboxes lock early, none keeps its key longer than some seconds more.',
  'part-out-of-bounds': 'It was refused. A part that asks for what is not its own may be in other hands: restart it, and look at its log.',
  'audit-gap': 'Export the ledger now, and verify it with the heads that were kept elsewhere: that names the first bad row.',
  'ledger-unsigned': 'Look whether Vault is open and whether the disk has room. What is written meanwhile is signed once it works again.',
  'emergency-stop': 'Nothing opens until it is lifted, under People.',
};

export function adviceFor(rule: string): string {
  return Object.hasOwn(ADVICE, rule) ? (ADVICE[rule] ?? '') : '';
}

const WEBHOOK: Readonly<Record<Alert['webhook'], string>> = { none: '', waiting: 'waits for the webhook', delivered: 'told to the webhook', 'given-up': 'the webhook did not take it' };

export function webhookWords(state: Alert['webhook']): string {
  return Object.hasOwn(WEBHOOK, state) ? WEBHOOK[state] : '';
}
