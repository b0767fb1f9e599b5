// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { call } from '../api/http';
import type { Notice } from '../api/identity';
import { useStore } from '../state/useStore';
import { Bell, Cross } from './icons';
import { Link } from './Link';
import { exact } from './times';

const PATH = '/api/notices';

/** More would push the work out of sight; the next one comes when one is dismissed. */
const SHOWN = 2;

/** Says that something was added in somebody's name, until they have seen it. */
export function Notices() {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const { noticesTurn } = useStore();
  useEffect(() => {
    const load = () => {
      // Failing is of no consequence: the page says already when the server is away.
      if (!document.hidden) call<Notice[]>('GET', PATH).then(setNotices, () => {});
    };
    load();
    document.addEventListener('visibilitychange', load);
    return () => document.removeEventListener('visibilitychange', load);
  }, [noticesTurn]);
  const dismiss = (notice: Notice) => {
    setNotices((now) => now.filter((other) => other !== notice));
    call('DELETE', `${PATH}/${notice.id}`).catch(() => setNotices((now) => [notice, ...now]));
    document.getElementById('work')?.focus({ preventScroll: true });
  };
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="Notices" data-testid="notices">
      {notices.slice(0, SHOWN).map((notice) => (
        <li key={notice.id} className="notice" data-testid="security-notice" data-kind={notice.kind}>
          <Bell />
          <p>
            <strong>{what(notice)}</strong> {exact(notice.at)}
            {notice.address && `, from ${notice.address}`}.{TAKEN.includes(notice.kind) ? ' ' : ' Was it you? '}
            <Link to={place(notice)}>{PLACES[place(notice)] ?? 'See your keys'}</Link>
          </p>
          <button type="button" className="button icon-only quiet" aria-label={`Dismiss: ${what(notice)}`} onClick={() => dismiss(notice)} data-testid="dismiss-notice">
            <Cross />
          </button>
        </li>
      ))}
    </ul>
  );
}

const KEYS: Readonly<Record<string, string>> = { 'ssh-key': 'An SSH key', passkey: 'A passkey', 'api-key': 'An API key' };

/** A key that an owner or admin had added and somebody else has proven. */
const TAKEN: readonly string[] = ['key-displaced', 'vouched-key-displaced'];

const PLACES: Readonly<Record<string, string>> = { '/activity': 'See where you are signed in', '/people': 'See people' };

function what(notice: Notice): string {
  if (notice.kind === 'key-displaced') return 'An SSH key that was added for you signs you in no more: somebody else proved that it is theirs.';
  if (notice.kind === 'vouched-key-displaced') return 'An SSH key that you added for somebody was revoked there: somebody else proved that it is theirs.';
  if (notice.kind === 'new-key' && notice.method === 'link') return 'A one-time link to sign in as you was printed on the server.';
  if (notice.kind === 'new-key') return `${KEYS[notice.method] ?? 'A key'} was added to your account.`;
  return `Signed in on a new device: ${notice.browser || 'an unknown browser'}.`;
}

function place(notice: Notice): string {
  if (notice.kind === 'key-displaced') return '/settings';
  if (notice.kind === 'vouched-key-displaced') return '/people';
  if (notice.kind !== 'new-key' || notice.method === 'link') return '/activity';
  return notice.method === 'api-key' ? '/settings/api-keys' : '/settings';
}
