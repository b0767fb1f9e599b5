// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { useMaintenance } from '../state/useMaintenance';
import { Bell } from './icons';
import { exact } from './times';

/** Says to everybody that nothing opens, until when open workspaces stay so, and why. */
export function MaintenanceNotice() {
  const { data } = useMaintenance();
  const locksAt = data?.locksAt ?? null;
  const due = useIsPast(locksAt);
  if (!data || locksAt === null) return null;
  return (
    <p className="notice" role="status" data-testid="maintenance-notice">
      <Bell />
      <span>
        <strong>This server is being maintained.</strong> {data.notice && `${data.notice} `}
        {due ? 'Every workspace is locked, and none opens until it is over.' : `No workspace opens; those that are open lock at ${exact(locksAt)}.`}
      </span>
    </p>
  );
}

/** Setting a longer timer would fire it at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function useIsPast(at: string | null): boolean {
  const [, setTurn] = useState(0);
  const left = at === null ? 0 : Date.parse(at) - Date.now();
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setTurn((turn) => turn + 1), Math.min(left, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [left]);
  return at !== null && left <= 0;
}
