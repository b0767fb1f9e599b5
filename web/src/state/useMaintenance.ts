// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import { useLoaded, type Loaded } from './useLoaded';
import { useStore } from './useStore';

export interface Maintenance {
  /** Null while there is none. */
  readonly locksAt: string | null;
  readonly notice: string;
}

export const MAINTENANCE = '/api/maintenance';

/** As the server last said it, and again each time it says that this has changed. */
export function useMaintenance(): Loaded<Maintenance> {
  const { maintenanceTurn } = useStore();
  const loaded = useLoaded<Maintenance>(MAINTENANCE);
  const { reload } = loaded;
  useEffect(() => {
    if (maintenanceTurn > 0) reload();
  }, [maintenanceTurn, reload]);
  return loaded;
}
