// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/http';
import type { Person } from '../api/identity';
import { owns } from '../state/roles';
import { useAction } from '../state/useAction';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { Listing } from '../ui/Listing';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { AlertRow } from './AlertRow';
import type { Alert, AlertPage } from './alerts';

/** What rules over the ledger have found, as it changes. */
export function Alerts({ people }: { people: readonly Person[] }) {
  const [closed, setClosed] = useState(false);
  const path = `/api/alerts?state=${closed ? 'closed' : 'open'}`;
  return (
    <Section
      title={closed ? 'Dealt with' : 'To look at'}
      lead="Found by rules over the audit. The same thing again is counted, until an owner says that it was dealt with."
      action={
        <button type="button" className="button" onClick={() => setClosed(!closed)} data-testid="alerts-other">
          {closed ? 'Show the open ones' : 'Show those dealt with'}
        </button>
      }
    >
      <Found key={path} path={path} people={people} empty={closed ? 'None was dealt with yet.' : 'Nothing to look at.'} />
    </Section>
  );
}

function Found({ path, people, empty }: { path: string; people: readonly Person[]; empty: string }) {
  const { me, alertsTurn } = useStore();
  const newest = useLoaded<AlertPage>(path);
  const { reload } = newest;
  const seen = useRef(alertsTurn);
  const [older, setOlder] = useState<readonly Alert[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const action = useAction();
  useEffect(() => {
    if (seen.current === alertsTurn) return;
    seen.current = alertsTurn;
    setOlder([]);
    setNext(undefined);
    reload();
  }, [alertsTurn, reload]);
  const after = next === undefined ? newest.data?.next : next;
  const load = (before: number) =>
    action.run(async () => {
      const page = await call<AlertPage>('GET', `${path}&before=${before}`);
      setOlder((all) => [...all, ...page.alerts]);
      setNext(page.next);
    });
  const close = (alert: Alert) =>
    action.run(async () => {
      await call('POST', `/api/alerts/${alert.id}/close`, {});
      setOlder((all) => all.filter((one) => one.id !== alert.id));
      reload();
    });
  const first = new Set(newest.data?.alerts.map((alert) => alert.id));
  const data = newest.data && [...newest.data.alerts, ...older.filter((alert) => !first.has(alert.id))];
  const onClose = owns(me?.user.role) ? (alert: Alert) => void close(alert) : undefined;
  return (
    <>
      {action.problem && <ProblemNote problem={action.problem} />}
      <Listing loaded={{ ...newest, data }} empty={empty} testId="alert-list">
        {(alert) => <AlertRow key={alert.id} alert={alert} people={people} busy={action.busy} onClose={onClose} />}
      </Listing>
      {typeof after === 'number' && (
        <button type="button" className="button list-more" disabled={action.busy} onClick={() => void load(after)} data-testid="alerts-older">
          {action.busy ? 'Loading…' : 'Older ones'}
        </button>
      )}
    </>
  );
}
