// SPDX-License-Identifier: Apache-2.0
import type { Session } from '../api/types';
import { time } from './times';
import { useIsPast } from './useIsPast';

const SOON_MS = 10 * 60 * 1000;

/** From ten minutes before an open session has to end: at what time of the day. Nothing puts that off. */
export function useEndsSoon(session: Session | undefined): string | null {
  const endsAt = session && session.state !== 'LOCKED' ? (session.endsAt ?? null) : null;
  const soon = useIsPast(endsAt === null ? null : Date.parse(endsAt) - SOON_MS);
  return soon && endsAt !== null ? time(endsAt) : null;
}
