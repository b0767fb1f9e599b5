// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { Workspace } from '../api/types';
import { works } from '../state/roles';
import { useRoute } from '../state/route';
import { signOut } from '../state/anywhere';
import { useStore } from '../state/useStore';
import { useVault } from '../state/useVault';
import { WORDS } from '../state/vault';
import { OPEN_PALETTE } from '../palette/Commands';
import { OPENS } from '../palette/keys';
import { Door, Find, Gate, Mark, Moon, Plus, Screen, Sun } from './icons';
import { Link } from './Link';
import { NewWorkspace } from './NewWorkspace';
import { RailPlaces } from './RailPlaces';
import { chooseTheme, useThemeChoice, type Choice } from './theme';

export function Rail({ onNavigate }: { onNavigate: () => void }) {
  const { workspaces, me } = useStore();
  const [creating, setCreating] = useState(false);
  const mayWork = works(me?.user.role);
  return (
    <nav className="rail" aria-label="Workspaces and account">
      <Link to="/" className="brand" onClick={onNavigate}>
        <Mark /> Cofferdam
      </Link>
      <GoTo />
      <div className="rail-head">
        <span>{mayWork ? 'Workspaces' : ''}</span>
        {mayWork && (
          <button type="button" className="button icon-only quiet" aria-label="New workspace" title="New workspace" onClick={() => setCreating(true)} data-testid="rail-new-workspace">
            <Plus />
          </button>
        )}
      </div>
      <ul className="rail-list" data-testid="rail-workspaces">
        {(workspaces ?? []).map((workspace) => (
          <RailItem key={workspace.id} workspace={workspace} onNavigate={onNavigate} />
        ))}
      </ul>
      <RailPlaces onNavigate={onNavigate} />
      <div className="rail-foot">
        <ThemeSwitch />
        <div className="rail-me">
          <span data-testid="me">{me?.user.name ?? ''}</span>
          <button type="button" className="button quiet" onClick={() => void signOut()} data-testid="sign-out">
            <Door /> Sign out
          </button>
        </div>
        {me?.version && <span className="faint version">Version {me.version}</span>}
      </div>
      {creating && <NewWorkspace onClose={() => setCreating(false)} />}
    </nav>
  );
}

function GoTo() {
  return (
    <button type="button" className="go-to" onClick={() => dispatchEvent(new Event(OPEN_PALETTE))} data-testid="open-palette">
      <Find />
      <span>Go to…</span>
      <kbd>{OPENS}</kbd>
    </button>
  );
}

function RailItem({ workspace, onNavigate }: { workspace: Workspace; onNavigate: () => void }) {
  const route = useRoute();
  const { kind } = useVault(workspace.id, workspace);
  const here = route.page === 'workspace' && route.id === workspace.id;
  return (
    <li>
      <Link to={`/w/${workspace.id}`} className="rail-item" aria-current={here ? 'page' : undefined} onClick={onNavigate} data-state={kind}>
        <Gate kind={kind} />
        <span className="rail-name">{workspace.name}</span>
        <span className={`word word-${kind}`}>{WORDS[kind]}</span>
      </Link>
    </li>
  );
}

const CHOICES: readonly { choice: Choice; label: string; icon: () => React.JSX.Element }[] = [
  { choice: 'system', label: 'Theme of the system', icon: Screen },
  { choice: 'light', label: 'Light theme', icon: Sun },
  { choice: 'dark', label: 'Dark theme', icon: Moon },
];

function ThemeSwitch() {
  const current = useThemeChoice();
  return (
    <div className="segments" role="group" aria-label="Theme">
      {CHOICES.map(({ choice, label, icon: Icon }) => (
        <button key={choice} type="button" aria-label={label} title={label} aria-pressed={current === choice} onClick={() => chooseTheme(choice)} data-testid={`theme-${choice}`}>
          <Icon />
        </button>
      ))}
    </div>
  );
}
