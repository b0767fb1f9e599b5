// SPDX-License-Identifier: Apache-2.0

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
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}
