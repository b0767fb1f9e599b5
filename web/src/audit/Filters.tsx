// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../api/identity';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { NO_FILTER, type Filter } from './ledger';
import { KINDS } from './words';
import { workspaceOptions, type NamedWorkspace } from './workspaces';

interface Props {
  filter: Filter;
  people: readonly Person[];
  workspaces: readonly NamedWorkspace[];
  onFilter: (filter: Filter) => void;
}

const ALL_KINDS = [{ value: '', text: 'Everything' }, ...Object.entries(KINDS).map(([value, text]) => ({ value, text }))];
const OUTCOMES = [{ value: '', text: 'Allowed or not' }, { value: 'allowed', text: 'Allowed' }, { value: 'refused', text: 'Refused' }];

export function Filters({ filter, people, workspaces, onFilter }: Props) {
  const set = (change: Partial<Filter>) => onFilter({ ...filter, ...change });
  const persons = [{ value: '', text: 'Everybody' }, ...people.map((one) => ({ value: one.id, text: one.name }))];
  return (
    <div className="audit-filters" role="group" aria-label="Which lines">
      <div>
        <Choice label="What" value={filter.kind} options={ALL_KINDS} testId="audit-kind" onChoose={(kind) => set({ kind })} />
      </div>
      {people.length > 0 && (
        <div>
          <Choice label="Who" value={filter.actor} options={persons} testId="audit-actor" onChoose={(actor) => set({ actor })} />
        </div>
      )}
      <div>
        <Choice label="Workspace" value={filter.workspace} options={workspaceOptions(workspaces, people, filter.workspace)} testId="audit-workspace" onChoose={(workspace) => set({ workspace })} />
      </div>
      <div>
        <Choice label="Outcome" value={filter.outcome} options={OUTCOMES} testId="audit-outcome" onChoose={(outcome) => set({ outcome })} />
      </div>
      <div>
        <Field label="First day" type="date" value={filter.from} testId="audit-from" onText={(from) => set({ from })} />
      </div>
      <div>
        <Field label="Last day" type="date" value={filter.to} testId="audit-to" onText={(to) => set({ to })} />
      </div>
      <button type="button" className="button" onClick={() => onFilter(NO_FILTER)} data-testid="audit-all">
        Show all
      </button>
    </div>
  );
}
