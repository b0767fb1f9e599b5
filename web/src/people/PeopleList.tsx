// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { Person } from '../api/identity';
import { ROLE_WORDS } from '../state/roles';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { People as PeopleIcon, Plus } from '../ui/icons';
import { Link } from '../ui/Link';
import { Listing } from '../ui/Listing';
import { Section } from '../ui/Section';
import { Ago } from '../ui/Time';
import { AddPerson } from './AddPerson';

export function PeopleList() {
  const people = useLoaded<Person[]>('/api/people');
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Who may sign in"
      lead="Everybody has workspaces of their own, which nobody else can open, owners and admins neither."
      action={
        <button type="button" className="button primary" onClick={() => setAdding(true)} data-testid="add-person">
          <Plus /> Add a person
        </button>
      }
    >
      <Listing loaded={people} empty="Nobody yet." testId="people-list">
        {(person) => <Row key={person.id} person={person} />}
      </Listing>
      {adding && <AddPerson onDone={people.reload} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Row({ person }: { person: Person }) {
  const { me } = useStore();
  return (
    <li className="item item-linked" data-testid="person-row" data-name={person.name} data-disabled={person.disabled}>
      <PeopleIcon />
      <div className="item-text">
        <p className="item-name">
          <Link to={`/people/${person.id}`} className="item-link">
            {person.name}
          </Link>{' '}
          {person.id === me?.user.id && <span className="tag tag-here">You</span>} {person.disabled && <span className="tag tag-bad">Disabled</span>}
        </p>
        <p className="faint">
          Added <Ago at={person.createdAt} />
        </p>
      </div>
      <span className="soft" data-testid="person-role">
        {ROLE_WORDS[person.role].name}
      </span>
    </li>
  );
}
