// SPDX-License-Identifier: Apache-2.0
import type { Role } from './identity';

export interface Me {
  readonly user: { readonly id: string; readonly name: string; readonly role?: Role };
  readonly version?: string;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastOpenedAt: string | null;
  readonly lastOpenedBy: string | null;
  readonly openNow: boolean;
  readonly initialised?: boolean;
}

export type SessionState = 'OPENING' | 'ACTIVE' | 'WARNED' | 'LOCKING' | 'LOCKED';

export interface Session {
  readonly id: string;
  readonly workspaceId: string;
  readonly state: SessionState;
  readonly reason?: string | null;
  /** What the person is called who locked it, if the server knows. */
  readonly lockedByName?: string | null;
  readonly openedAt?: string | null;
  readonly lockedAt?: string | null;
  /** Of one that is WARNED: when, unless somebody does something. */
  readonly locksAt?: string | null;
  /** When it locks whatever is done in it. */
  readonly endsAt?: string | null;
}

export interface Terminal {
  readonly id: number | string;
  readonly title?: string | null;
  readonly cols: number;
  readonly rows: number;
  readonly running: boolean;
}

export interface Ticket {
  readonly ticket: string;
  readonly expiresAt: string;
}

/** What a deletion really did, part by part. */
export interface Deletion {
  readonly transitKeyDeleted?: boolean;
  readonly wrappedKeyDeleted?: boolean;
  readonly ciphertext?: string;
}

export interface FieldError {
  readonly field: string;
  readonly rule: string;
}

export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly id?: string;
  readonly errors?: readonly FieldError[];
}

/** One line of the unlock stream. */
export type UnlockLine =
  | { readonly step: string; readonly ms?: number }
  | { readonly session: Session }
  | { readonly problem: ProblemBody };
