// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { call } from '../api/http';
import type { Person, Role } from '../api/identity';
import { ROLE_WORDS } from '../state/roles';
import { useStore } from '../state/useStore';
import { Confirm } from '../ui/Confirm';
import { Section } from '../ui/Section';
import { RoleChoice } from './RoleChoice';

interface Props {
  person: Person;
  mayChange: boolean;
  onChanged: () => void;
}

/** What somebody is here, and whether they may come in at all. */
export function Access({ person, mayChange, onChanged }: Props) {
  const { me } = useStore();
  const [role, setRole] = useState<Role>(person.role);
  const [asking, setAsking] = useState<'nothing' | 'role' | 'disabled'>('nothing');
  const self = person.id === me?.user.id;
  const change = (body: object) => call('PATCH', `/api/people/${person.id}`, body);
  const close = () => setAsking('nothing');
  return (
    <Section title="Access">
      <div className="form-row">
        <div className="form-field">
          <RoleChoice value={role} disabled={!mayChange} onChoose={setRole} />
        </div>
        <button type="button" className="button" disabled={role === person.role} onClick={() => setAsking('role')} data-testid="change-role">
          Change role…
        </button>
      </div>
      {mayChange && !self && (
        <div className="form-row">
          <p className="form-field soft">{person.disabled ? 'Cannot sign in. Workspaces are kept.' : 'May sign in.'}</p>
          <button type="button" className="button" onClick={() => setAsking('disabled')} data-testid="switch-person">
            {person.disabled ? 'Let them in again…' : 'Disable…'}
          </button>
        </div>
      )}
      {asking === 'role' && (
        <Confirm title={`Make ${person.name} ${article(role)}`} verb="Change the role" work={() => change({ role })} onDone={onChanged} onClose={close}>
          <p>{ROLE_WORDS[role].may}</p>
          <p>{self ? 'You are' : 'They are'} signed out everywhere, so that nothing goes on with the rights of the old role.</p>
        </Confirm>
      )}
      {asking === 'disabled' && (
        <Confirm
          title={person.disabled ? `Let ${person.name} in again` : `Disable ${person.name}`}
          verb={person.disabled ? 'Let them in' : 'Disable'}
          work={() => change({ disabled: !person.disabled })}
          onDone={onChanged}
          onClose={close}
        >
          <p>
            {person.disabled
              ? 'Keys and workspaces are as they were. Nothing is opened by this.'
              : 'They are signed out everywhere at once, with every terminal closed, and no key lets them in again. Workspaces are kept, encrypted.'}
          </p>
        </Confirm>
      )}
    </Section>
  );
}

function article(role: Role): string {
  const name = ROLE_WORDS[role].name.toLowerCase();
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
