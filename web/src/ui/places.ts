// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/identity';
import type { Route } from '../state/route';

export interface Place {
  readonly to: string;
  readonly text: string;
  readonly page: Route['page'];
}

const SETTINGS: Place = { to: '/settings', text: 'Settings', page: 'settings' };

/** The places below the workspaces. Whoever may not enter one is not shown it, and is answered 404 there. */
export function placesOf(_role: Role | undefined): readonly Place[] {
  return [SETTINGS];
}
