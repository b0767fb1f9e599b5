// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { Person } from '../api/identity';
import { NotFoundPage } from '../pages/NotFoundPage';
import { audits, governs } from '../state/roles';
import type { AuditTab } from '../state/route';
import { useAction } from '../state/useAction';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { Listing } from '../ui/Listing';
import { PageTabs } from '../ui/PageTabs';
import { tabsOf } from '../ui/places';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { usePage } from '../ui/usePage';
import { Alerts } from './Alerts';
import { EntryRow } from './EntryRow';
import { Exports } from './Exports';
import { Filters } from './Filters';
import { NO_FILTER, query, type AuditEntry, type AuditPage as Page } from './ledger';
import { useNamedWorkspaces, type NamedWorkspace } from './workspaces';

/** For owners and auditors; for everybody else nothing is here. */
export function AuditPage({ tab }: { tab: AuditTab }) {
  const { me } = useStore();
  usePage(tab === 'alerts' ? 'Alerts' : 'Audit');
  if (!audits(me?.user.role)) return <NotFoundPage />;
  return (
    <section className="page" data-testid="audit">
      <header className="page-head">
        <h1>Audit</h1>
      </header>
      <PageTabs label="Audit" tabs={tabsOf('audit', me?.user.role)} current={tab === 'alerts' ? '/audit/alerts' : '/audit'} />
      {governs(me?.user.role) ? <WithNames tab={tab} /> : <Tab tab={tab} people={[]} />}
    </section>
  );
}

function WithNames({ tab }: { tab: AuditTab }) {
  const people = useLoaded<Person[]>('/api/people');
  return <Tab tab={tab} people={people.data ?? []} />;
}

function Tab({ tab, people }: { tab: AuditTab; people: readonly Person[] }) {
  return tab === 'alerts' ? <Alerts people={people} /> : <Ledger people={people} />;
}

function Ledger({ people }: { people: readonly Person[] }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const workspaces = useNamedWorkspaces();
  const path = `/api/audit${query(filter)}`;
  return (
    <>
      <Section title="Who did what" lead="Every sign-in and refusal, every release of a key and every lock, every change of people and keys, and who looked at what is others’. Nobody can change or remove a line, also not an owner, without it showing.">
        <Filters filter={filter} people={people} workspaces={workspaces} onFilter={setFilter} />
        <Entries
          key={path}
          path={path}
          people={people}
          workspaces={workspaces}
          more={(before) => `/api/audit${query(filter, { before })}`}
          onWorkspace={(workspace) => setFilter({ ...NO_FILTER, workspace })}
        />
      </Section>
      <Exports filter={filter} />
    </>
  );
}

interface EntriesProps {
  path: string;
  people: readonly Person[];
  workspaces: readonly NamedWorkspace[];
  more: (before: string) => string;
  onWorkspace: (workspace: string) => void;
}

function Entries({ path, people, workspaces, more, onWorkspace }: EntriesProps) {
  const newest = useLoaded<Page>(path);
  const [older, setOlder] = useState<readonly AuditEntry[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const action = useAction();
  const after = next === undefined ? newest.data?.next : next;
  const load = (before: number) =>
    action.run(async () => {
      const page = await call<Page>('GET', more(String(before)));
      setOlder((all) => [...all, ...page.entries]);
      setNext(page.next);
    });
  const known = new Set(older.map((entry) => entry.seq));
  const data = newest.data && [...newest.data.entries.filter((entry) => !known.has(entry.seq)), ...older];
  return (
    <>
      <Listing loaded={{ ...newest, data }} empty="Nothing that fits." testId="audit-list">
        {(entry) => <EntryRow key={entry.seq} entry={entry} people={people} workspaces={workspaces} onWorkspace={onWorkspace} />}
      </Listing>
      {action.problem && <ProblemNote problem={action.problem} />}
      {typeof after === 'number' && (
        <button type="button" className="button list-more" disabled={action.busy} onClick={() => void load(after)} data-testid="audit-older">
          {action.busy ? 'Loading…' : 'Older ones'}
        </button>
      )}
    </>
  );
}
