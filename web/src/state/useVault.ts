// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import type { Workspace } from '../api/types';
import { store } from './store';
import { useSecondsLeft, useStore } from './useStore';
import { isLost, vaultKind, type VaultKind } from './vault';

/** How a workspace is, as far as this page knows, and in how many seconds it locks itself. */
export function useVault(id: string, workspace: Workspace | null): { kind: VaultKind; left: number | null } {
  const state = useStore();
  const idle = state.idle.get(id);
  const left = useSecondsLeft(idle);
  const session = state.sessions.get(id);
  const over = left === 0 && session !== undefined && session.state !== 'LOCKED';
  useEffect(() => {
    // No word came though it must have locked: finds out whether anybody is there to say it.
    if (over) store.refreshSoon();
  }, [over]);
  const kind = vaultKind(workspace, session, state.unlocking.get(id), left, idle?.warnSeconds ?? 0, isLost(state, idle));
  return { kind, left };
}
