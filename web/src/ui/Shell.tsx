// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactNode } from 'react';
import { Commands } from '../palette/Commands';
import { navigate, placeOf, useRoute } from '../state/route';
import { useStore } from '../state/useStore';
import { Failed } from './Failed';
import { Mark, Menu } from './icons';
import { Link } from './Link';
import { LocksSoon } from './LocksSoon';
import { MaintenanceNotice } from './MaintenanceNotice';
import { Notices } from './Notices';
import { Rail } from './Rail';

/** Rail, work, and a line on top when what is shown may be old. */
export function Shell({ children }: { children: ReactNode }) {
  const route = useRoute();
  const { live, problem } = useStore();
  const [sheet, setSheet] = useState(false);
  const place = placeOf(route);
  useEffect(() => setSheet(false), [place]);
  useEffect(() => {
    if (route.page === 'sign-in' || route.page === 'signed-out') navigate('/', true);
  }, [route.page]);
  useEffect(() => {
    if (!sheet) return;
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setSheet(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [sheet]);
  return (
    <div className="shell" data-sheet={sheet}>
      <a className="skip" href="#work">
        Skip to the work
      </a>
      <header className="topbar">
        <button type="button" className="button icon-only quiet" aria-label="Workspaces and account" aria-expanded={sheet} data-testid="menu" onClick={() => setSheet(!sheet)}>
          <Menu />
        </button>
        <Link to="/" className="brand">
          <Mark /> Cofferdam
        </Link>
      </header>
      <Rail onNavigate={() => setSheet(false)} />
      {sheet && <div className="scrim" onClick={() => setSheet(false)} />}
      <main id="work" className="work" tabIndex={-1}>
        <Stale live={live} title={problem?.title ?? null} />
        <Failed />
        <MaintenanceNotice />
        <Notices />
        <LocksSoon />
        {children}
      </main>
      <Commands />
    </div>
  );
}

/** Short absences are normal; only one that lasts is worth a line. */
function Stale({ live, title }: { live: boolean; title: string | null }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (live) return setLate(false);
    const timer = setTimeout(() => setLate(true), 2_000);
    return () => clearTimeout(timer);
  }, [live]);
  if (!late && !title) return null;
  return (
    <p className="stale" role="status" data-testid="stale">
      {title
        ? `${title}. Trying again by itself; what you see may be old.`
        : 'Changes do not arrive by themselves at the moment. This page looks again every few seconds.'}
    </p>
  );
}
