// SPDX-License-Identifier: Apache-2.0
import type { SessionState } from './types';

/** What the server says about who somebody is and what they sign in with. */
export type Role = 'owner' | 'admin' | 'member' | 'auditor';

export type SignInMethod = 'link' | 'ssh-key' | 'passkey' | 'oidc' | 'github';

export interface SignInMethods {
  readonly link: boolean;
  readonly sshKey: boolean;
  readonly passkey: boolean;
  readonly providers: readonly Provider[];
}

export interface Provider {
  readonly id: string;
  readonly name: string;
}

export interface SshChallenge {
  readonly id: string;
  readonly text: string;
  readonly namespace: string;
  /** Ready to be run where the key is. */
  readonly command: string;
  readonly expiresAt: string;
}

export interface SshKey {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly type: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Null while it is the word of an owner or admin. */
  readonly provenAt: string | null;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export interface Device {
  readonly id: string;
  readonly current: boolean;
  readonly method: SignInMethod;
  readonly credential: string;
  /** What it says of itself, in words. */
  readonly browser: string;
  readonly address: string;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}

export interface Quotas {
  readonly workspaces: number;
  readonly openSessions: number;
  readonly bytes: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly quotas: Quotas;
}

/** An open session: with what and from where it was opened; an older one does not say. */
export interface OpenedSession {
  readonly id: string;
  readonly method?: string | null;
  readonly credential?: string | null;
  readonly address?: string | null;
  readonly state: SessionState;
  readonly openedAt?: string | null;
}

/** Somebody's: whose it is, and not of which workspace. */
export interface OverseenSession extends OpenedSession {
  readonly userId: string;
}

/** How one is doing; what nobody can tell, or not yet, is null. */
export interface SessionFigures {
  readonly id: string;
  readonly idleSeconds: number | null;
  readonly terminals: number | null;
  /** Of one core. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
}

export interface Invitation {
  readonly id: string;
  readonly role: Role;
  readonly name?: string | null;
  readonly createdAt?: string;
  readonly expiresAt: string;
}

/** The link is told once; the server keeps a hash of its token. */
export interface NewInvitation extends Invitation {
  readonly link: string;
}

/** Who an invitation has made. */
export interface Joined {
  readonly user: { readonly id: string; readonly name: string; readonly role: Role };
  readonly fingerprint: string;
}

/** One line of somebody's history; the number of the last one asks for those before it. */
export interface SignInLine {
  readonly number: number;
  readonly at: string;
  readonly what: string;
  readonly method: string;
  readonly credential: string;
  readonly address: string;
  readonly browser: string;
  readonly reason: string;
  /** How often; the same again and again is one line a minute. */
  readonly tries?: number;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly { readonly verb: string; readonly workspaceId?: string | null }[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}

/** The text of the key is told once; the server keeps a hash. */
export interface NewApiKey {
  readonly apiKey: ApiKey;
  readonly key: string;
}

export interface ServiceAccount {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly createdAt: string;
}

/** Something that its owner should have done themselves. */
export interface Notice {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly method: string;
  readonly credential: string;
  readonly address: string;
  readonly browser: string;
}
