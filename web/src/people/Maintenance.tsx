// SPDX-License-Identifier: Apache-2.0
import { useState, type FormEvent } from 'react';
import { call } from '../api/http';
import { useAction } from '../state/useAction';
import { MAINTENANCE, useMaintenance } from '../state/useMaintenance';
import { Choice } from '../ui/Choice';
import { Confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { exact } from '../ui/times';

const WHEN = [
  { value: '15', text: 'in 15 minutes' }, { value: '60', text: 'in an hour' }, { value: '240', text: 'in 4 hours' },
  { value: '1440', text: 'in a day' }, { value: '5', text: 'in 5 minutes' }, { value: '0', text: 'now' },
] as const;
type When = (typeof WHEN)[number]['value'];

/** For owners: nothing opens from now on, people read why, and what is open locks later. */
export function Maintenance() {
  const { data, problem, reload } = useMaintenance();
  const [ending, setEnding] = useState(false);
  const locksAt = data?.locksAt ?? null;
  return (
    <Section
      title="Maintenance"
      testId="maintenance"
      lead={
        locksAt
          ? `No workspace opens. Those that are open lock at ${exact(locksAt)}.`
          : 'No workspace opens from now on, everybody reads why, and those that are open lock at a time that they are told.'
      }
      action={
        locksAt && (
          <button type="button" className="button" onClick={() => setEnding(true)} data-testid="end-maintenance">
            It is over…
          </button>
        )
      }
    >
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {data && !locksAt && <PlanForm onPlanned={reload} />}
      {ending && (
        <Confirm title="End the maintenance" verb="Let workspaces open" work={() => call('DELETE', MAINTENANCE)} onDone={reload} onClose={() => setEnding(false)}>
          <p>Workspaces can be unlocked again, and the notice goes away.</p>
        </Confirm>
      )}
    </Section>
  );
}

function PlanForm({ onPlanned }: { onPlanned: () => void }) {
  const [when, setWhen] = useState<When>('15');
  const [notice, setNotice] = useState('');
  const action = useAction();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (await action.run(() => call('PUT', MAINTENANCE, { locksInMinutes: Number(when), notice }))) onPlanned();
  };
  return (
    <form className="quota-form maintenance-form" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <Choice label="They lock" value={when} options={WHEN} testId="maintenance-when" onChoose={setWhen} />
      </div>
      <div>
        <Field label="What people read" value={notice} maxLength={200} rule={action.ruleOf('notice')} testId="maintenance-words" onText={setNotice} />
      </div>
      <button type="submit" className="button" disabled={action.busy} data-testid="plan-maintenance">
        {action.busy ? 'One moment…' : 'Begin maintenance'}
      </button>
      {action.problem && action.problem.errors.length === 0 && <ProblemNote problem={action.problem} />}
    </form>
  );
}
