// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

/** Setting a longer timer would fire it at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whether a time, in milliseconds since 1970 or as the server says it, is past; true from then on by itself. */
export function useIsPast(at: string | number | null): boolean {
  const [, setTurn] = useState(0);
  const left = at === null ? 0 : (typeof at === 'number' ? at : Date.parse(at)) - Date.now();
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setTurn((turn) => turn + 1), Math.min(left, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [left]);
  return at !== null && left <= 0;
}
