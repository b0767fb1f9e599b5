// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/identity';

// Only what is shown depends on these; the server decides by its own rules whatever a page asks for.

/** Whether somebody has workspaces here. An unknown role is treated as the least that works. */
export function works(role: Role | undefined): boolean {
  return role !== 'auditor';
}

/** Whether somebody looks after people and sign-ins. */
export function governs(role: Role | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** Whether the server is theirs to stop. */
export function owns(role: Role | undefined): boolean {
  return role === 'owner';
}

/** Whether somebody reads the audit. */
export function audits(role: Role | undefined): boolean {
  return role === 'owner' || role === 'auditor';
}

/** Whether somebody may change a person of this role, or give it. */
export function governsOver(role: Role | undefined, other: Role): boolean {
  return role === 'owner' || (role === 'admin' && (other === 'member' || other === 'auditor'));
}

export const ROLES: readonly Role[] = ['owner', 'admin', 'member', 'auditor'];

export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: 'Owner', may: 'Everything, also making owners and admins.' },
  admin: { name: 'Admin', may: 'Workspaces of their own, and looks after members and auditors.' },
  member: { name: 'Member', may: 'Workspaces of their own.' },
  auditor: { name: 'Auditor', may: 'Reads the audit and nothing else: no workspaces.' },
};
