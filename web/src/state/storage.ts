// SPDX-License-Identifier: Apache-2.0

/** What one's workspaces take of the disk; those that were never open are missing. */
export interface Storage {
  readonly limitBytes: number;
  readonly usedBytes: number;
  readonly workspaces: readonly { readonly workspaceId: string; readonly usedBytes: number; readonly full: boolean }[];
}

export type Room = 'enough' | 'near' | 'full';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** From which share on somebody should know. */
const NEAR = 0.9;

/** "340 MiB", "1.2 GiB" */
export function sizeWords(bytes: number): string {
  return bytes < GIB ? `${Math.ceil(bytes / MIB)} MiB` : `${Number((bytes / GIB).toFixed(1))} GiB`;
}

/** "1.2 GiB of 100 GiB used" */
export function usedWords({ usedBytes, limitBytes }: Storage): string {
  return `${sizeWords(usedBytes)} of ${sizeWords(limitBytes)} used`;
}

export function usedBy(storage: Storage | null, workspaceId: string): string | null {
  const own = storage?.workspaces.find((one) => one.workspaceId === workspaceId);
  return own ? sizeWords(own.usedBytes) : null;
}

/** Of a workspace, or of all together. */
export function roomOf(storage: Storage, workspaceId?: string): Room {
  const isFull = storage.workspaces.some((one) => one.full && one.workspaceId === workspaceId);
  if (isFull || storage.usedBytes >= storage.limitBytes) return 'full';
  return storage.usedBytes >= NEAR * storage.limitBytes ? 'near' : 'enough';
}

/** What to say and what to do, or null while there is enough. */
export function roomWords(storage: Storage | null, workspaceId?: string): string | null {
  if (!storage) return null;
  switch (roomOf(storage, workspaceId)) {
    case 'enough':
      return null;
    case 'near':
      return `Storage is nearly full: ${usedWords(storage)}. Delete what is not needed, or ask an owner or admin for more.`;
    case 'full':
      return `Storage is full: ${usedWords(storage)}. Nothing more can be written. Delete files or a workspace, or ask an owner or admin for more.`;
  }
}
