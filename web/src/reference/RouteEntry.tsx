// SPDX-License-Identifier: Apache-2.0
import type { ApiField, ApiRoute } from './reference';

/** One route: its line, and the rest when it is opened. */
export function RouteEntry({ route }: { route: ApiRoute }) {
  return (
    <li className="route" data-testid="route" data-route={`${route.method} ${route.path}`}>
      <details>
        <summary>
          <code className="route-line">
            <span className={`method method-${route.method.toLowerCase()}`}>{route.method}</span> {route.path}
          </code>
          <span className="soft">{route.summary}</span>
        </summary>
        <div className="route-more">
          {route.permission && <Permission permission={route.permission} />}
          {route.parameters.length > 0 && (
            <>
              <h3>Parameters</h3>
              <Fields fields={route.parameters.map((one) => ({ name: one.name, type: `in the ${one.place}${one.required ? '' : ', may be left out'}` }))} />
            </>
          )}
          {route.body.length > 0 && (
            <>
              <h3>Body</h3>
              <Fields fields={route.body} />
            </>
          )}
          <h3>Answers</h3>
          {route.answers.map((answer) => (
            <div key={answer.status} className="route-answer">
              <p>
                <code>{answer.status}</code> {answer.description} {answer.types.length > 0 && <span className="faint">({answer.types.join(', ')})</span>}
              </p>
              {answer.fields.length > 0 && <Fields fields={answer.fields} />}
            </div>
          ))}
        </div>
      </details>
    </li>
  );
}

function Fields({ fields }: { fields: readonly ApiField[] }) {
  return (
    <dl className="fields">
      {fields.map((field) => (
        <div key={field.name}>
          <dt>
            <code>{field.name}</code>
          </dt>
          <dd className="soft">{field.type}</dd>
        </div>
      ))}
    </dl>
  );
}

function Permission({ permission }: { permission: NonNullable<ApiRoute['permission']> }) {
  return (
    <>
      <h3>Who may</h3>
      <p>
        Scope of an API key: <code>{permission.action}</code>
      </p>
      <Fields fields={Object.entries(permission.answers).map(([name, type]) => ({ name, type: type === 'yes' ? 'may' : type === '-' ? 'not asked' : `answered ${type}` }))} />
    </>
  );
}
