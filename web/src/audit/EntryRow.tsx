// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../api/identity';
import { Check, Cross } from '../ui/icons';
import { exact } from '../ui/times';
import type { AuditEntry } from './ledger';
import { detailWords, headline, keyOf, reasonWords, signInOf, whoseOf } from './words';
import type { NamedWorkspace } from './workspaces';

interface Props {
  entry: AuditEntry;
  people: readonly Person[];
  workspaces: readonly NamedWorkspace[];
  onWorkspace: (workspace: string) => void;
}

/** One line: what, in which workspace, by whom, with what and from where; its numbers and hashes behind it. */
export function EntryRow({ entry, people, workspaces, onWorkspace }: Props) {
  const refused = entry.outcome === 'refused';
  const detail = detailWords(entry.kind, entry.detail);
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id;
  const who = nameOf(entry.actor);
  const whose = nameOf(whoseOf(entry.detail));
  const workspace = workspaces.find((one) => one.id === entry.workspace)?.name ?? '';
  return (
    <li className="entry" data-testid="audit-row" data-kind={entry.kind} data-seq={entry.seq}>
      <details>
        <summary className="item">
          <span className={`mark mark-${refused ? 'refused' : 'signed-in'}`}>{refused ? <Cross /> : <Check />}</span>
          <div className="item-text">
            <p className="item-name">
              {headline(entry)}
              {workspace && workspace !== detail && ` · ${workspace}`}
              {detail && ` · ${detail}`}
              {whose && ` · of ${whose}`} {entry.reason && <span className={refused ? 'tag tag-bad' : 'tag'}>{reasonWords(entry.reason)}</span>}
            </p>
            <p className="faint">
              <time dateTime={entry.at} className="tabular">
                {exact(entry.at)}
              </time>
              {who && ` · ${who}`}
              {entry.address && ` · from ${entry.address}`}
            </p>
          </div>
        </summary>
        <Facts entry={entry} refused={refused} />
        {entry.workspace && (
          <button type="button" className="button entry-more" onClick={() => onWorkspace(entry.workspace)} data-testid="audit-this-workspace">
            All of this workspace
          </button>
        )}
      </details>
    </li>
  );
}

function Facts({ entry, refused }: { entry: AuditEntry; refused: boolean }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Allowed', refused ? 'no' : 'yes'], ['Account', entry.actor], ['Whose', whoseOf(entry.detail)], ['Key', entry.credential || keyOf(entry.detail)], ['From', entry.address], ['Sign-in', signInOf(entry.detail)],
    ['Workspace', entry.workspace], ['About', entry.subject], ['Time', entry.at], ['Number', String(entry.seq)],
    ['Place', `${entry.stream} ${entry.streamSequence}`], ['Hash', entry.hash], ['Hash before', entry.prev],
  ];
  return (
    <dl className="fields entry-facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="fingerprint">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
