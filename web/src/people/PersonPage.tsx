// SPDX-License-Identifier: Apache-2.0
import { Devices } from '../activity/Devices';
import type { Person } from '../api/identity';
import { NotFoundPage } from '../pages/NotFoundPage';
import { governs, governsOver, ROLE_WORDS } from '../state/roles';
import { useLoaded } from '../state/useLoaded';
import { useStore } from '../state/useStore';
import { Link } from '../ui/Link';
import { LoadingWords } from '../ui/LoadingWords';
import { ProblemNote } from '../ui/ProblemNote';
import { usePage } from '../ui/usePage';
import { Access } from './Access';
import { PersonKeys } from './PersonKeys';
import { QuotaForm } from './QuotaForm';

/** One person, for owners and admins. Somebody unknown and somebody hidden look alike. */
export function PersonPage({ id }: { id: string }) {
  const { me } = useStore();
  return governs(me?.user.role) ? <Known id={id} /> : <NotFoundPage />;
}

function Known({ id }: { id: string }) {
  const { me } = useStore();
  const people = useLoaded<Person[]>('/api/people');
  const person = people.data?.find((one) => one.id === id);
  usePage(person?.name ?? 'Person');
  if (people.problem) return <ProblemNote problem={people.problem} onRetry={people.reload} />;
  if (!people.data) return <LoadingWords />;
  if (!person) return <NotFoundPage />;
  const mayChange = governsOver(me?.user.role, person.role);
  return (
    <section className="page" data-testid="person" data-name={person.name} data-disabled={person.disabled}>
      <p className="crumb">
        <Link to="/people">People</Link>
      </p>
      <header className="page-head">
        <h1>
          {person.name} <span className="tag">{ROLE_WORDS[person.role].name}</span> {person.disabled && <span className="tag tag-bad">Disabled</span>}
        </h1>
      </header>
      {!mayChange && <p className="note">Only an owner may change {person.role === 'owner' ? 'an owner' : 'an admin'}.</p>}
      <Access key={person.role} person={person} mayChange={mayChange} onChanged={people.reload} />
      {mayChange && <QuotaForm key={person.id} person={person} onChanged={people.reload} />}
      {mayChange && <PersonKeys person={person} />}
      {mayChange && person.id !== me?.user.id && (
        <Devices path={`/api/people/${person.id}/devices`} title="Signed in" lead="Browsers that can act as this person at this moment." single={false} />
      )}
    </section>
  );
}
