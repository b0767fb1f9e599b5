// SPDX-License-Identifier: Apache-2.0
import type { Session, Workspace } from '../api/types';
import type { Idle, State, Unlocking } from './store';

/** What anybody passing the screen must see: does plaintext exist right now? `unknown`: it did when last heard of. */
export type VaultKind = 'locked' | 'opening' | 'open' | 'warning' | 'broken' | 'unknown';

export function vaultKind(
  workspace: Workspace | null,
  session: Session | undefined,
  unlocking: Unlocking | undefined,
  secondsLeft: number | null,
  warnSeconds: number,
  lost = false,
): VaultKind {
  if (unlocking) return unlocking.problem ? (unlocking.problem.slug.includes('damaged') ? 'broken' : 'locked') : 'opening';
  if (session?.state === 'OPENING') return 'opening';
  const open = session ? isOpen(session) || session.state === 'LOCKING' : workspace?.openNow === true;
  if (!open) return 'locked';
  if (lost) return 'unknown';
  const soon = secondsLeft === null ? session?.state === 'WARNED' : secondsLeft <= warnSeconds;
  return soon ? 'warning' : 'open';
}

/** Status comes from a sandbox each five seconds; two of them missed, and it is not known any more. */
const HEARD_FOR_MS = 12_000;

/**
 * True while nobody says how a workspace is: neither the server nor, through a terminal, its sandbox.
 * Without an answer even a stream of events that seems to be there may be dead.
 */
export function isLost({ live, problem }: Pick<State, 'live' | 'problem'>, idle: Idle | undefined, now = performance.now()): boolean {
  if (problem === null || (live && problem.status !== 0)) return false;
  const heard = idle?.heardAt !== undefined && now - idle.heardAt < HEARD_FOR_MS && idle.deadline > now;
  return !heard;
}

/** Whether its key is in a sandbox and may stay there. */
export function isOpen(session: Session): boolean {
  return session.state === 'ACTIVE' || session.state === 'WARNED';
}

export const WORDS: Record<VaultKind, string> = {
  locked: 'Locked', opening: 'Unlocking…', open: 'Open', warning: 'Locks soon', broken: 'Damaged', unknown: 'Not known',
};

/** 581 → "9:41". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** For the bottom line: "Open · 9:41 left when idle". */
export function stateLine(kind: VaultKind, left: number | null): string {
  if (kind === 'warning' && left !== null) return `Locks in ${clock(left)}`;
  if (kind === 'open' && left !== null) return `Open · ${clock(left)} left when idle`;
  if (kind === 'unknown') return `Connection lost · ${lastKnown(left)}`;
  return WORDS[kind];
}

function lastKnown(left: number | null): string {
  if (left === null) return 'was open when last heard of';
  return left > 0 ? `was open, ${clock(left)} left when idle` : 'it will have locked itself by now';
}

/** For a line in a list: "Open · 9:41". */
export function rowLine(kind: VaultKind, left: number | null): string {
  if (kind === 'unknown') return `${WORDS[kind]} · ${left === 0 ? 'will have locked itself' : 'was open'}`;
  return left !== null && (kind === 'open' || kind === 'warning') ? `${WORDS[kind]} · ${clock(left)}` : WORDS[kind];
}

/** Why it is locked, as a sentence; unknown reasons are not guessed at. */
export function reasonText(reason: string | null | undefined, by?: string | null): string {
  switch (reason) {
    case 'user':
    case 'lock':
    case 'locked':
      return 'You locked it. Programs were stopped, the key was wiped, and the disk holds ciphertext only.';
    case 'idle':
      return 'It locked itself because nothing was typed and no program worked on files for a while. Programs were stopped and the key was wiped.';
    case 'command-timeout':
      return 'It locked itself because nothing was typed for a while, whatever its programs did. Programs were stopped and the key was wiped.';
    case 'mount-timeout':
      return 'It locked itself because no program worked on files for a while. Programs were stopped and the key was wiped.';
    case 'disconnected':
      return 'It locked itself because no terminal of it was shown anywhere for a while. Programs were stopped and the key was wiped.';
    case 'storage':
      return 'It was full and went on growing, so it locked itself. Unlock it and delete what is not needed, or ask an owner or admin for more storage.';
    case 'longest':
      return 'It was open for as long as a workspace may be, so it was locked. Programs were stopped and the key was wiped.';
    case 'emergency-stop':
      return 'Somebody stopped this server in an emergency: all workspaces were locked and everybody was signed out.';
    case 'maintenance':
      return 'The server is being maintained, so it was locked at the time that was announced. Programs were stopped and the key was wiped.';
    case 'lease':
    case 'lease-lost':
      return 'It locked itself because its sandbox lost touch with the session service. Programs were stopped and the key was wiped.';
    case 'killed':
    case 'agent-exit':
      return 'Its sandbox ended without being asked. Programs were stopped and the key went with it.';
    case 'admin':
      return `${by ? `${by}, an` : 'An'} owner or admin of this server${by ? ',' : ''} locked it. Programs were stopped and the key was wiped.`;
    case 'signed-out':
      return 'You signed out, so it was locked.';
    case 'ended-elsewhere':
      return 'You ended the sign-in that had opened it from another browser, so it was locked.';
    case 'ended-by-admin':
      return 'An owner or admin of this server ended the sign-in that had opened it, so it was locked.';
    case 'key-revoked':
      return 'The key that had opened it was revoked, so it was locked.';
    case 'key-expired':
      return 'The key that had opened it has expired, so it was locked.';
    case 'sign-in-expired':
      return 'The sign-in that had opened it had lasted as long as one may, so it was locked.';
    case 'role-changed':
      return 'Your role was changed, which ends sign-ins, so it was locked.';
    case 'account-disabled':
      return 'The account was switched off, so it was locked.';
    case 'provider-signed-out':
      return 'You signed out at your identity provider, so it was locked.';
    case 'refresh-token-reused':
      return 'The program that had opened it showed a token twice, as a thief would, so its sign-in was ended and it was locked.';
    case 'too-many-sign-ins':
      return 'You signed in so often since that the sign-in that had opened it made room, so it was locked.';
    case 'sign-in-over':
      return 'The sign-in that had opened it is over, so it was locked.';
    default:
      return 'No program is running in it, and the disk holds ciphertext only.';
  }
}

const STEPS: Record<string, string> = {
  authorised: 'You are allowed to open it', joined: 'Another window or program is opening it', sandbox: 'Sandbox started', 'key-released': 'Key released to the sandbox',
  mounted: 'Files mounted', 'cell-ready': 'Shell ready',
};

export function stepText(name: string): string {
  return STEPS[name] ?? name.replace(/-/g, ' ');
}

const WAITS: Record<string, string> = {
  authorised: 'a sandbox to start', joined: 'the other window or program', sandbox: 'the vault to release its key',
  'key-released': 'its files to be mounted', mounted: 'a shell to start', 'cell-ready': 'the server to say that it is open',
};

/** What is waited for after the last step that is done. */
export function waitText(last: string | undefined): string {
  return `Waiting for ${last === undefined ? 'the server to allow it' : (WAITS[last] ?? 'the next step')}…`;
}

export function millis(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The rules the server holds names to; checked here first so that the answer is immediate. */
export function nameRule(name: string): string | null {
  const value = name.normalize('NFC').trim();
  if (value === '') return 'Give it a name.';
  if ([...value].length > 64) return 'At most 64 characters.';
  if (!/^[\p{L}\p{M}\p{Nd} \-_.]+$/u.test(value)) return 'Letters, digits, space, hyphen, underscore and dot only.';
  return null;
}
