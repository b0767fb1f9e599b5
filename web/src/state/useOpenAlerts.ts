// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { call } from '../api/http';
import { audits } from './roles';
import { useStore } from './useStore';

/** How many alerts are open, for who may look at them; 0 for everybody else, and while nobody knows. */
export function useOpenAlerts(): number {
  const { me, alertsTurn } = useStore();
  const [open, setOpen] = useState(0);
  const may = audits(me?.user.role);
  useEffect(() => {
    if (!may) return;
    let wanted = true;
    call<{ open: number }>('GET', '/api/alerts?limit=1').then(
      (page) => wanted && setOpen(page.open),
      () => undefined, // The page itself says what is wrong; a number that may be old is better than none.
    );
    return () => {
      wanted = false;
    };
  }, [may, alertsTurn]);
  return may ? open : 0;
}
