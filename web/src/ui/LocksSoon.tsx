// SPDX-License-Identifier: Apache-2.0
import type { Workspace } from '../api/types';
import { useRoute } from '../state/route';
import { useSecondsLeft, useStore } from '../state/useStore';
import { clock } from '../state/vault';
import { Gate } from './icons';
import { Link } from './Link';

/** A line for each workspace that locks soon while another page is shown; its own page says it itself. */
export function LocksSoon() {
  const { workspaces, sessions } = useStore();
  const route = useRoute();
  const shown = route.page === 'workspace' ? route.id : null;
  const soon = (workspaces ?? []).filter((one) => one.id !== shown && sessions.get(one.id)?.state === 'WARNED');
  return soon.map((workspace) => <Line key={workspace.id} workspace={workspace} />);
}

function Line({ workspace }: { workspace: Workspace }) {
  const left = useSecondsLeft(useStore().idle.get(workspace.id));
  return (
    <p className="stale" role="status" data-testid="locks-soon">
      <Gate kind="warning" size={14} /> {workspace.name} locks {left === null ? 'soon' : `in ${clock(left)}`} because nothing is typed.{' '}
      <Link to={`/w/${workspace.id}`}>Go there to stay</Link>
    </p>
  );
}
