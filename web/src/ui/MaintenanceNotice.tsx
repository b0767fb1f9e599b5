// SPDX-License-Identifier: Apache-2.0
import { useMaintenance } from '../state/useMaintenance';
import { Bell } from './icons';
import { exact } from './times';
import { useIsPast } from './useIsPast';

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
        {due ? 'Every workspace locks now, and none opens until it is over.' : `No workspace opens; those that are open lock at ${exact(locksAt)}.`}
      </span>
    </p>
  );
}
