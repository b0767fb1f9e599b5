// SPDX-License-Identifier: Apache-2.0
import { useState, type JSX } from 'react';
import { call } from '../api/http';
import type { SignInLine } from '../api/identity';
import { useAction } from '../state/useAction';
import { useLoaded } from '../state/useLoaded';
import { Check, Cross, Door } from '../ui/icons';
import { Listing } from '../ui/Listing';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { exact } from '../ui/times';
import { from, methodName, outcomeName, reasonName } from './words';

const PATH = '/api/sign-ins';
const PAGE = 50;

/** Every time that somebody came in as this person, tried to, or was out again; the newest first. */
export function History() {
  const newest = useLoaded<SignInLine[]>(PATH);
  const [older, setOlder] = useState<readonly SignInLine[]>([]);
  const [ended, setEnded] = useState(false);
  const action = useAction();
  const all = [...(newest.data ?? []), ...older];
  const last = all.at(-1);
  const more = () =>
    action.run(async () => {
      const next = await call<SignInLine[]>('GET', `${PATH}?before=${last?.number ?? ''}`);
      setOlder([...older, ...next]);
      setEnded(next.length < PAGE);
    });
  return (
    <Section title="Sign-in history" lead="Who came in as you, and who tried, for 90 days. Something that was not you? Revoke the key that it came with, and sign out all others.">
      <Listing loaded={{ ...newest, data: newest.data && all }} empty="Nothing yet." testId="history-list">
        {(line) => <Row key={line.number} line={line} />}
      </Listing>
      {action.problem && <ProblemNote problem={action.problem} />}
      {last && !ended && all.length >= PAGE && (
        <button type="button" className="button list-more" disabled={action.busy} onClick={() => void more()} data-testid="older">
          {action.busy ? 'Loading…' : 'Older ones'}
        </button>
      )}
    </Section>
  );
}

const ICONS: Readonly<Record<string, () => JSX.Element>> = { 'signed-in': Check, refused: Cross };

function Row({ line }: { line: SignInLine }) {
  const Icon = ICONS[line.what] ?? Door;
  const reason = reasonName(line);
  return (
    <li className="item" data-testid="history-row" data-what={line.what}>
      <span className={`mark mark-${line.what}`}>
        <Icon />
      </span>
      <div className="item-text">
        <p className="item-name">
          {outcomeName(line.what)} · {methodName(line.method)} {reason && <span className={line.what === 'refused' ? 'tag tag-bad' : 'tag'}>{reason}</span>}
          {(line.tries ?? 1) > 1 && <span className="tag">{line.tries} times</span>}
        </p>
        {line.credential && <p className="fingerprint">{line.credential}</p>}
        <p className="faint">
          <time dateTime={line.at} className="tabular">
            {exact(line.at)}
          </time>
          {' · '}
          {from(line.browser, line.address)}
        </p>
      </div>
    </li>
  );
}
