// SPDX-License-Identifier: Apache-2.0
import type { Session, Workspace } from '../api/types';
import { useRoute } from '../state/route';
import { useStore } from '../state/useStore';
import { useVault } from '../state/useVault';
import { clock, type VaultKind } from '../state/vault';
import { Gate } from './icons';
import { Link } from './Link';
import { useEndsSoon } from './useEndsSoon';

/** A line for each workspace that locks soon while another page is shown; its own page says it itself. */
export function LocksSoon() {
  const { workspaces, sessions } = useStore();
  const route = useRoute();
  const shown = route.page === 'workspace' ? route.id : null;
  const soon = (workspaces ?? []).filter((one) => one.id !== shown && sessions.get(one.id)?.state === 'WARNED');
  const others = (workspaces ?? []).filter((one) => one.id !== shown);
  return (
    <>
      {soon.map((workspace) => <Line key={workspace.id} workspace={workspace} />)}
      {others.map((workspace) => <EndLine key={workspace.id} workspace={workspace} session={sessions.get(workspace.id)} />)}
    </>
  );
}

function EndLine({ workspace, session }: { workspace: Workspace; session: Session | undefined }) {
  const endsAt = useEndsSoon(session);
  if (endsAt === null) return null;
  return (
    <p className="stale" role="status" data-testid="ends-soon">
      <Gate kind="warning" size={14} /> {workspace.name} locks at {endsAt}: it was open for as long as a workspace may be.{' '}
      <Link to={`/w/${workspace.id}`}>Go there to save your work</Link>
    </p>
  );
}

function soonText(kind: VaultKind, left: number | null): string {
  if (kind !== 'unknown') return `locks ${left === null ? 'soon' : `in ${clock(left)}`} because nothing is done in it.`;
  return left === 0 ? 'will have locked itself by now; the connection is lost.' : 'was about to lock when the connection was lost.';
}

function Line({ workspace }: { workspace: Workspace }) {
  const { kind, left } = useVault(workspace.id, workspace);
  return (
    <p className="stale" role="status" data-testid="locks-soon">
      <Gate kind={kind} size={14} /> {workspace.name} {soonText(kind, left)}{' '}
      <Link to={`/w/${workspace.id}`}>Go there to stay</Link>
    </p>
  );
}
