// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import type { Person } from '../api/identity';
import { useAction } from '../state/useAction';
import { Field } from '../ui/Field';
import { focusBroken } from '../ui/focusBroken';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { PersonStorage } from './PersonStorage';
import { fromGib, toGib, wholeNumber } from './quota';

const MOST_WORKSPACES = 1000;
const MOST_SESSIONS = 64;

/** How much of this server one person may take. */
export function QuotaForm({ person, onChanged }: { person: Person; onChanged: () => void }) {
  const [workspaces, setWorkspaces] = useState(String(person.quotas.workspaces));
  const [sessions, setSessions] = useState(String(person.quotas.openSessions));
  const [size, setSize] = useState(toGib(person.quotas.bytes));
  const [checked, setChecked] = useState(false);
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const quotas = { workspaces: wholeNumber(workspaces, MOST_WORKSPACES), openSessions: wholeNumber(sessions, MOST_SESSIONS), bytes: fromGib(size) };
  const rule = (broken: boolean, words: string, field: string) => (checked && broken ? words : action.ruleOf(`quotas.${field}`));
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (Object.values(quotas).includes(null)) return focusBroken(event.currentTarget);
    if (!(await action.run(() => call('PATCH', `/api/people/${person.id}`, { quotas })))) return;
    setSaved(true);
    onChanged();
  };
  const take = (set: (text: string) => void) => (text: string) => {
    set(text);
    setSaved(false);
  };
  return (
    <Section title="Quotas" lead="What is there already stays when a quota is smaller; only more is refused.">
      <form className="quota-form" onSubmit={(event) => void submit(event)} noValidate>
        <div>
          <Field label="Workspaces" inputMode="numeric" value={workspaces} rule={rule(quotas.workspaces === null, `0 to ${MOST_WORKSPACES}`, 'workspaces')} testId="quota-workspaces" onText={take(setWorkspaces)} />
        </div>
        <div>
          <Field label="Open at once" inputMode="numeric" value={sessions} rule={rule(quotas.openSessions === null, `0 to ${MOST_SESSIONS}`, 'openSessions')} testId="quota-sessions" onText={take(setSessions)} />
        </div>
        <div>
          <Field label="Size in GiB" inputMode="decimal" value={size} rule={rule(quotas.bytes === null, 'A number, for instance 100 or 0.5', 'bytes')} testId="quota-size" onText={take(setSize)} />
        </div>
        <button type="submit" className="button" disabled={action.busy} data-testid="save-quotas">
          {action.busy ? 'Saving…' : 'Save'}
        </button>
        <p className="rule" role="status" data-testid="quotas-saved">
          {saved ? 'Saved.' : ''}
        </p>
      </form>
      <PersonStorage userId={person.id} />
      {action.problem && action.problem.errors.length === 0 && <ProblemNote problem={action.problem} />}
    </Section>
  );
}
