// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../api/identity';
import { Bell, Cross } from '../ui/icons';
import { exact } from '../ui/times';
import { adviceFor, webhookWords, type Alert } from './alerts';

interface Props {
  alert: Alert;
  people: readonly Person[];
  busy: boolean;
  /** For those who may. */
  onClose: ((alert: Alert) => void) | undefined;
}

/** What, about whom, how often; what to do, and all that is known, behind it. */
export function AlertRow({ alert, people, busy, onClose }: Props) {
  const open = alert.closedAt === null;
  const name = (id: string) => people.find((one) => one.id === id)?.name ?? id;
  return (
    <li className="entry" data-testid="alert-row" data-rule={alert.rule} data-id={alert.id}>
      <details>
        <summary className="item">
          <span className={alert.severity === 'critical' ? 'mark mark-refused' : 'mark mark-warning'}>
            {alert.severity === 'critical' ? <Cross /> : <Bell />}
          </span>
          <div className="item-text">
            <p className="item-name">
              {alert.title} {alert.severity === 'critical' && <span className="tag tag-bad">critical</span>}
              {alert.count > 1 && <span className="tag tabular">{alert.count} times</span>}
            </p>
            <p className="faint">
              <time dateTime={alert.lastAt} className="tabular">
                {exact(alert.lastAt)}
              </time>
              {alert.actor && ` · ${name(alert.actor)}`}
              {alert.address && ` · from ${alert.address}`}
              {alert.detail && ` · ${alert.detail}`}
            </p>
          </div>
        </summary>
        <p className="soft alert-advice">{adviceFor(alert.rule)}</p>
        <Facts alert={alert} name={name} />
        {open && onClose && (
          <p className="alert-close">
            <button type="button" className="button" disabled={busy} onClick={() => onClose(alert)} aria-label={`Dealt with: ${alert.title}`} data-testid="alert-close">
              Dealt with
            </button>
          </p>
        )}
      </details>
    </li>
  );
}

function Facts({ alert, name }: { alert: Alert; name: (id: string) => string }) {
  const facts: readonly (readonly [string, string])[] = [
    ['About', alert.about], ['Account', alert.actor], ['Key', alert.credential], ['From', alert.address], ['Workspace', alert.workspace],
    ['Concerns', alert.subject], ['First', alert.firstAt], ['Last', alert.lastAt], ['Entry in the audit', alert.entry === null ? '' : String(alert.entry)],
    ['Webhook', webhookWords(alert.webhook)], ['Dealt with', alert.closedAt ? `${alert.closedAt} by ${name(alert.closedBy ?? '')}` : ''],
  ];
  return (
    <dl className="fields entry-facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="fingerprint">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
