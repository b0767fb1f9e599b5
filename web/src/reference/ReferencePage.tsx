// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import data from 'virtual:reference';
import { Field } from '../ui/Field';
import { Section } from '../ui/Section';
import { usePage } from '../ui/usePage';
import { grouped, groupTitle } from './reference';
import { RouteEntry } from './RouteEntry';

/** Every route of this version, for whoever writes a program. */
export default function ReferencePage() {
  const [wanted, setWanted] = useState('');
  usePage('API reference');
  const groups = [...grouped(data.routes, wanted)];
  return (
    <section className="page" data-testid="reference">
      <header className="page-head">
        <h1>API reference</h1>
      </header>
      <p className="soft">
        Every route of this version. Programs send an API key as <code>Authorization: Bearer coffer_…</code>, and bodies as <code>application/json</code>. Fields that a route does not know are refused. What
        belongs to others is answered like what does not exist.
      </p>
      <Field label="Find a route" type="search" value={wanted} testId="reference-search" onText={setWanted} />
      {groups.map(([group, routes]) => (
        <Section key={group} title={groupTitle(group)}>
          <ul className="list">
            {routes.map((route) => (
              <RouteEntry key={`${route.method} ${route.path}`} route={route} />
            ))}
          </ul>
        </Section>
      ))}
      {groups.length === 0 && (
        <p className="list-empty soft" role="status">
          No route is called that.
        </p>
      )}
      {data.elsewhere.length > 0 && wanted === '' && <Elsewhere />}
      {data.problems.length > 0 && wanted === '' && <Problems />}
    </section>
  );
}

function Elsewhere() {
  return (
    <Section title="Any other request" lead="Below /api, what is no route, or no method of it, is answered with one of these.">
      <ul className="list" data-testid="reference-elsewhere">
        {data.elsewhere.map((answer) => (
          <li key={answer.status}>
            <code>{answer.status}</code> {answer.description}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Problems() {
  return (
    <Section title="Problems" lead="Every refusal is application/problem+json. Its type ends in one of these words, which stay.">
      <div className="table-frame" tabIndex={0} role="group" aria-label="Table of problems">
        <table>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Status</th>
              <th scope="col">What it means</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            {data.problems.map((problem) => (
              <tr key={problem.type}>
                <th scope="row">
                  <code>{problem.type}</code>
                </th>
                <td className="tabular">{problem.status}</td>
                <td>{problem.meaning}</td>
                <td>{problem.advice}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
